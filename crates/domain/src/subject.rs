//! Who and what is assessed, by whom, and at which stage.

/// The product and its maker, as typed. Nothing here is needed to score; an empty field is allowed until finishing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Subject {
    /// Name of the business.
    pub business: String,
    /// Name of its owner.
    pub owner: String,
    /// Name of the product.
    pub product: String,
    /// Commodity slug of the rubric.
    pub commodity: Option<String>,
    /// The cluster of makers it belongs to.
    pub sentra: Option<String>,
    /// Where it is made.
    pub place: Place,
    /// The business's number (Nomor Induk Berusaha, PP 5/2021: 13 digits), as digits alone.
    #[cfg_attr(
        feature = "schema",
        schemars(default, regex(pattern = r"^[0-9]{13}$"), skip_serializing_if = "Option::is_none")
    )]
    pub nib: Option<String>,
    /// A telephone number of the business as typed: 8 to 15 digits, a plus before them, signs between.
    #[cfg_attr(feature = "schema", schemars(default, skip_serializing_if = "Option::is_none"))]
    pub phone: Option<String>,
}

/// Digits of a business's number.
const NIB_DIGITS: usize = 13;

/// The number of a business as digits alone, whatever stood between them. `None` where there are not 13.
#[must_use]
pub fn nib(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|char| !between_digits(*char)).collect();
    (digits.len() == NIB_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// Whether this may be a telephone number: 8 to 15 digits (ITU-T E.164 allows 15), a plus before them, signs between.
#[must_use]
pub fn is_phone(typed: &str) -> bool {
    let rest = typed.trim().strip_prefix('+').unwrap_or(typed.trim());
    let digits: String = rest.chars().filter(|char| !between_digits(*char)).collect();
    (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// What people put between digits for their eyes.
fn between_digits(char: char) -> bool {
    char.is_whitespace() || matches!(char, '.' | '-' | '(' | ')' | '/')
}

/// Where a product is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// Village as typed, such as "Desa Sukamekar Kidul, Kabupaten Tasikmalaya".
    pub village: String,
    /// The four official region codes, once chosen from the list.
    pub codes: Option<RegionCodes>,
    /// Where the phone was.
    pub coordinates: Option<Coordinates>,
}

/// Official codes of Indonesia's four levels of region.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegionCodes {
    /// Province.
    pub province: String,
    /// Regency or city.
    pub regency: String,
    /// District.
    pub district: String,
    /// Village.
    pub village: String,
}

/// A position as the phone gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Coordinates {
    /// Latitude in 1e-7 degrees.
    #[cfg_attr(feature = "schema", schemars(range(min = -900_000_000, max = 900_000_000)))]
    pub latitude: i32,
    /// Longitude in 1e-7 degrees.
    #[cfg_attr(feature = "schema", schemars(range(min = -1_800_000_000, max = 1_800_000_000)))]
    pub longitude: i32,
    /// Radius of 68 % confidence in metres.
    pub accuracy: u32,
    /// When it was measured.
    pub at: crate::time::Millis,
}

/// Who assesses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessor {
    /// Name.
    pub name: String,
    /// Office or agency.
    pub office: String,
}

/// Where in the programme the assessment stands (Permenperin 14/2021).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "lowercase"))]
pub enum Stage {
    /// The regency or city proposes.
    #[default]
    Usulan,
    /// The selection team assesses.
    Seleksi,
    /// Re-evaluation, every two years.
    Evaluasi,
}

impl Stage {
    /// All stages in the programme's order.
    pub const ALL: [Self; 3] = [Self::Usulan, Self::Seleksi, Self::Evaluasi];

    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Usulan => "usulan",
            Self::Seleksi => "seleksi",
            Self::Evaluasi => "evaluasi",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_they_should_be() {
        assert_eq!(nib(" 1234.5678-90123 ").as_deref(), Some("1234567890123"));
        for wrong in ["", "123456789012", "12345678901234", "123456789012x", "١٢٣٤٥٦٧٨٩٠١٢٣"] {
            assert_eq!(nib(wrong), None, "{wrong}");
        }
        for right in ["+62 812-3456-7890", "0812 3456 7890", "(0265) 331-122", "021/1234567"] {
            assert!(is_phone(right), "{right}");
        }
        for wrong in ["", "12345", "+62 812 3456 7890 1234 5", "rumah", "0812x3456789", "++628123456789"] {
            assert!(!is_phone(wrong), "{wrong}");
        }
    }
}
