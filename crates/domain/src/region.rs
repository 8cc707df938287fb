//! Indonesia's regions by their official codes (Kemendagri; from `idn-area-data`, docs/dependencies.md), and a search
//! among them that forgives spelling.
//!
//! A file has two levels: provinces with their regencies (`regions/index.txt`), or districts with their villages (a file
//! for each regency). A line is the last part of a code, a space and a name; lines of the lower level begin with a space.

use crate::subject::RegionCodes;
use strsim::osa_distance;

/// A region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// Its whole code, such as `32.06.16`.
    pub code: String,
    /// Its name, such as `Kabupaten Tasikmalaya`.
    pub name: String,
}

/// Two levels of regions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Regions(pub Vec<(Region, Vec<Region>)>);

/// A file of regions that is not one: the number of the line, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotRegions(pub usize);

impl Regions {
    /// Reads a file of the regions below `above`, the code of what holds them (nothing for the provinces).
    ///
    /// # Errors
    /// The first line that is no region.
    pub fn read(text: &str, above: &str) -> Result<Self, NotRegions> {
        let mut all: Vec<(Region, Vec<Region>)> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let fault = NotRegions(number + 1);
            let (lower, line) = line.strip_prefix(' ').map_or((false, line), |line| (true, line));
            let (part, name) = line.split_once(' ').ok_or(fault)?;
            if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) || name.trim().is_empty() {
                return Err(fault);
            }
            let above = match all.last() {
                Some((upper, _)) if lower => upper.code.as_str(),
                None if lower => return Err(fault),
                _ => above,
            };
            let code = if above.is_empty() { part.to_owned() } else { [above, ".", part].concat() };
            let region = Region { code, name: name.to_owned() };
            match all.last_mut() {
                Some((_, below)) if lower => below.push(region),
                _ => all.push((region, Vec::new())),
            }
        }
        Ok(Self(all))
    }

    /// Regions of the upper level.
    #[must_use]
    pub fn upper(&self) -> Vec<Region> {
        self.0.iter().map(|(region, _)| region.clone()).collect()
    }

    /// What lies in the region of this code.
    #[must_use]
    pub fn within(&self, code: &str) -> Vec<Region> {
        self.0.iter().find(|(region, _)| region.code == code).map(|(_, below)| below.clone()).unwrap_or_default()
    }
}

impl RegionCodes {
    /// All four codes from a village's, such as `32.06.16.2001`. `None` where it is none.
    #[must_use]
    pub fn of_village(code: &str) -> Option<Self> {
        let parts: Vec<&str> = code.split('.').collect();
        let digits = |part: &str, many| part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit());
        let [province, regency, district, village] = parts.as_slice() else { return None };
        let whole = digits(province, 2) && digits(regency, 2) && digits(district, 2) && digits(village, 4);
        whole.then(|| Self {
            province: (*province).to_owned(),
            regency: [province, ".", regency].concat(),
            district: [province, ".", regency, ".", district].concat(),
            village: code.to_owned(),
        })
    }
}

/// Words that say what kind of region it is; people leave them out and shorten them.
const KINDS: [&str; 14] = [
    "kabupaten",
    "kab",
    "kota",
    "kotamadya",
    "administrasi",
    "adm",
    "provinsi",
    "prov",
    "kecamatan",
    "kec",
    "desa",
    "ds",
    "kelurahan",
    "kel",
];

/// Spellings from before 1972 and what they are now (Ejaan yang Disempurnakan).
const OLD: [(&str, &str); 6] = [("oe", "u"), ("tj", "c"), ("dj", "j"), ("sj", "sy"), ("nj", "ny"), ("ch", "kh")];

/// A name as it is compared, in three ways: its words in small letters without marks; those without kinds of region; those
/// spelt as today.
fn forms(name: &str) -> [Vec<String>; 3] {
    let mut plain = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            // Written or left out: Ra'as, Raas.
            '\'' | '"' | '’' | '`' | '.' => {}
            _ if letter.is_alphanumeric() => plain.extend(letter.to_lowercase()),
            _ => plain.push(' '),
        }
    }
    let all: Vec<String> = plain.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let named: Vec<String> = all.iter().filter(|word| !KINDS.contains(&word.as_str())).cloned().collect();
    // "Kota" alone is a name too.
    let named = if named.is_empty() { all.clone() } else { named };
    let spelt = named.iter().map(|word| spelt(word)).collect();
    [all, named, spelt]
}

fn spelt(word: &str) -> String {
    OLD.iter().fold(word.to_owned(), |word, (old, new)| word.replace(old, new))
}

/// How well a name fits; less is better.
fn distance(name: &[String], wanted: &str) -> Option<usize> {
    let whole = name.concat();
    if whole == wanted {
        return Some(0);
    }
    if whole.starts_with(wanted) {
        return Some(1);
    }
    let starts = (1..name.len()).map(|first| name.get(first..).unwrap_or_default().concat());
    let starts: Vec<String> = starts.collect();
    if starts.iter().any(|rest| rest.starts_with(wanted)) {
        return Some(2);
    }
    let letters = wanted.chars().count();
    if letters > 2 && whole.contains(wanted) {
        return Some(3);
    }
    let allowed = match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    // Only so much of the name counts as was typed.
    let beginning = |rest: &String| {
        (letters.saturating_sub(allowed)..=letters + allowed)
            .map(|many| osa_distance(&rest.chars().take(many).collect::<String>(), wanted))
            .min()
    };
    let nearest = starts.iter().chain([&whole]).filter_map(beginning).min()?;
    (allowed > 0 && nearest <= allowed).then_some(3 + nearest)
}

/// The regions that are meant, best first, at most so many; the first ones of the list while nothing is typed.
#[must_use]
pub fn matching<'r>(regions: &'r [Region], typed: &str, most: usize) -> Vec<&'r Region> {
    let wanted = forms(typed).map(|words| words.concat());
    if wanted.iter().all(String::is_empty) {
        return regions.iter().take(most).collect();
    }
    let fit = |region: &Region| {
        let names = forms(&region.name);
        names.iter().zip(&wanted).filter_map(|(name, wanted)| distance(name, wanted)).min()
    };
    let mut found: Vec<(usize, &Region)> = regions.iter().filter_map(|region| Some((fit(region)?, region))).collect();
    // As the list is, where they fit equally well.
    found.sort_by_key(|(distance, _)| *distance);
    found.into_iter().take(most).map(|(_, region)| region).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &str = "16 Kecamatan Lama\n 2001 Soekamadjoe\n 1002 Ra'as\n17 Cibalong\n 2001 Sukamaju Kidul\n";

    fn regions(names: &[&str]) -> Vec<Region> {
        names.iter().map(|name| Region { code: String::new(), name: (*name).to_owned() }).collect()
    }

    fn best(all: &[Region], typed: &str) -> Option<String> {
        matching(all, typed, 8).first().map(|region| region.name.clone())
    }

    #[test]
    fn a_file_is_read_with_whole_codes() {
        let read = Regions::read(FILE, "32.06").unwrap();
        assert_eq!(
            read.upper().iter().map(|region| region.code.as_str()).collect::<Vec<_>>(),
            ["32.06.16", "32.06.17"]
        );
        assert_eq!(read.within("32.06.16")[1], Region { code: "32.06.16.1002".into(), name: "Ra'as".into() });
        assert!(read.within("32.07.16").is_empty());
    }

    #[test]
    fn what_is_no_file_of_regions_is_told_by_its_line() {
        for (text, line) in
            [(" 01 Orphan", 1), ("01 Ada\nx1 Bukan", 2), ("01", 1), ("01 Ada\n 2001  ", 2), ("<html>", 1)]
        {
            assert_eq!(Regions::read(text, ""), Err(NotRegions(line)), "{text:?}");
        }
    }

    #[test]
    fn codes_come_from_the_village_alone() {
        let codes = RegionCodes::of_village("32.06.16.2001").unwrap();
        assert_eq!((&*codes.province, &*codes.regency, &*codes.district), ("32", "32.06", "32.06.16"));
        for wrong in ["", "32.06.16", "32.06.16.201", "3a.06.16.2001", "32.06.16.2001.1", "32-06-16-2001"] {
            assert_eq!(RegionCodes::of_village(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn spelling_is_forgiven() {
        let all = regions(&["Kabupaten Tasikmalaya", "Kota Tasikmalaya", "Kabupaten Banyuwangi", "Ra'as", "Sukamaju"]);
        assert_eq!(best(&all, "tasik").unwrap(), "Kabupaten Tasikmalaya");
        assert_eq!(best(&all, "kab. banyu wangi").unwrap(), "Kabupaten Banyuwangi");
        assert_eq!(best(&all, "Banjoewangi").unwrap(), "Kabupaten Banyuwangi");
        assert_eq!(best(&all, "baynuwangi").unwrap(), "Kabupaten Banyuwangi");
        assert_eq!(best(&all, "raas").unwrap(), "Ra'as");
        assert_eq!(best(&all, "SOEKAMADJOE").unwrap(), "Sukamaju");
        assert_eq!(best(&all, "zzzz"), None);
        assert_eq!(matching(&all, "tasikmalaya", 8).len(), 2);
    }

    #[test]
    fn a_whole_name_comes_before_longer_ones() {
        let all = regions(&["Sukamaju Kidul", "Sukamaju", "Maju"]);
        assert_eq!(best(&all, "sukamaju").unwrap(), "Sukamaju");
        assert_eq!(best(&all, "maju").unwrap(), "Maju");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_any_typing_is_answered(text in ".{0,60}", typed in ".{0,20}") {
            if let Ok(read) = Regions::read(&text, "32") {
                let upper = read.upper();
                prop_assert!(matching(&upper, &typed, 3).len() <= 3);
            }
        }

        #[test]
        fn a_name_is_found_by_its_beginning(name in "[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9})?", cut in 1_usize..20) {
            let all = regions(&[&name]);
            let typed: String = name.chars().take(cut).collect();
            prop_assert_eq!(matching(&all, &typed, 1).len(), 1, "{:?}", typed);
        }
    }
}
