//! Texts that lack a language used elsewhere in the file.

use crate::rubric::{ProblemCode as Code, at::At, parsed::Parsed};

/// Longer than any name of a language (RFC 5646, section 4.4.1); of a longer one this much is told, since it is told for
/// every text that lacks it.
const LONGEST: usize = 35;

pub(super) fn check(parsed: &mut Parsed) {
    let languages = &parsed.texts.languages;
    let all = u32::try_from(languages.len()).ok().and_then(|len| 1u64.checked_shl(len)).unwrap_or(0).wrapping_sub(1);
    for (at, there) in &parsed.texts.texts {
        let lacking = all & !there;
        if lacking == 0 {
            continue;
        }
        let missing: Vec<&str> = languages
            .iter()
            .enumerate()
            .filter(|(place, _)| {
                u32::try_from(*place).is_ok_and(|place| lacking.checked_shr(place).unwrap_or(0) & 1 == 1)
            })
            .map(|(_, language)| shortened(language))
            .collect();
        parsed.found.report(
            Code::MissingTranslation,
            At::written(at),
            format_args!("Other texts are there in {} too: add the translation.", missing.join(", ")),
        );
    }
}

fn shortened(language: &str) -> &str {
    let end = language.char_indices().nth(LONGEST).map_or(language.len(), |(end, _)| end);
    language.get(..end).unwrap_or(language)
}
