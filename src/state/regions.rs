//! The official regions: read when somebody looks for one, and kept on the phone a province at a time.

use crate::services::Services;
use bintang_dom::{RwSignal, StoredValue};
use bintang_domain::region::{Region, Regions};
use leptos::task::spawn_local;

/// The regency that was chosen last: most visits are in one.
const LAST: &str = "region";

/// The levels of a place.
pub const LEVELS: usize = 4;

/// How far the names of one level are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Names {
    /// Being fetched.
    Coming,
    /// There.
    There(Vec<Region>),
    /// Not on the phone, and no network.
    Unreachable,
}

/// How far the villages of a province are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Nobody asked.
    No,
    /// So many of so many regencies.
    Some(usize, usize),
    /// All.
    All,
}

/// A place that is being chosen, level by level.
#[derive(Debug, Clone, Copy)]
pub struct Choosing {
    /// The regions chosen so far, the province first.
    pub chosen: RwSignal<Vec<Region>>,
    /// The names of the next level.
    pub names: RwSignal<Names>,
    /// How far the villages of the province are kept.
    pub kept: RwSignal<Kept>,
    turn: StoredValue<u32>,
    services: Services,
}

async fn read(services: Services, file: &str, above: &str) -> Option<Regions> {
    let fetching = services.ports().web_files.fetch(&["regions/", file, ".txt"].concat());
    Regions::read(&String::from_utf8(fetching.await.ok()?).ok()?, above).ok()
}

/// The chain of regions to this code, the province first, as far as it is known.
async fn chain(services: Services, code: &str) -> Vec<Region> {
    let parts: Vec<&str> = code.split('.').collect();
    let mut chain = Vec::new();
    let codes = (1..=parts.len()).map(|count| parts.get(..count).unwrap_or_default().join("."));
    for (level, code) in codes.enumerate() {
        let names = level_of(services, level, &chain).await;
        let Some(region) = names.and_then(|names| names.into_iter().find(|region| region.code == code)) else { break };
        chain.push(region);
    }
    chain
}

/// The names of a level below those chosen.
async fn level_of(services: Services, level: usize, chosen: &[Region]) -> Option<Vec<Region>> {
    let code = |level: usize| chosen.get(level).map(|region| region.code.as_str());
    match level {
        0 => Some(read(services, "index", "").await?.upper()),
        1 => Some(read(services, "index", "").await?.within(code(0)?)),
        2 => Some(read(services, code(1)?, code(1)?).await?.upper()),
        _ => Some(read(services, code(1)?, code(1)?).await?.within(code(2)?)),
    }
}

impl Choosing {
    /// Begins at a code that was chosen before, else at the regency of the last visit.
    #[must_use]
    pub fn new(services: Services, code: &str) -> Self {
        let choosing = Self {
            chosen: RwSignal::new(Vec::new()),
            names: RwSignal::new(Names::Coming),
            kept: RwSignal::new(Kept::No),
            turn: StoredValue::new(0),
            services,
        };
        let last = services.ports().preferences.get(LAST).unwrap_or_default();
        choosing.begin(if code.is_empty() { &last } else { code });
        choosing
    }

    /// Begins at this code, as far as its names are known; at the provinces where it is empty.
    pub fn begin(self, code: &str) {
        let code = code.to_owned();
        spawn_local(async move {
            let chain = if code.is_empty() { Vec::new() } else { chain(self.services, &code).await };
            self.take(chain);
        });
    }

    /// The code chosen so far, untracked.
    #[must_use]
    pub fn code(self) -> String {
        self.chosen.with_untracked(|chosen| chosen.last().map(|region| region.code.clone())).unwrap_or_default()
    }

    fn take(self, chosen: Vec<Region>) {
        let level = chosen.len();
        let Some(turn) = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        }) else {
            return;
        };
        self.names.set(Names::Coming);
        self.chosen.set(chosen.clone());
        if level < LEVELS {
            spawn_local(async move {
                let names = level_of(self.services, level, &chosen).await;
                if self.turn.try_get_value() == Some(turn) {
                    self.names.set(names.map_or(Names::Unreachable, Names::There));
                }
            });
        }
    }

    /// Chooses a region of the present level.
    pub fn choose(self, region: Region) {
        let mut chosen = self.chosen.get_untracked();
        chosen.push(region);
        if let [_, regency] = chosen.as_slice() {
            self.services.ports().preferences.set(LAST, &regency.code);
        }
        self.take(chosen);
    }

    /// Takes back the choice of a level and of those below.
    pub fn back_to(self, level: usize) {
        let mut chosen = self.chosen.get_untracked();
        chosen.truncate(level);
        self.kept.set(Kept::No);
        self.take(chosen);
    }

    /// Asks for the villages of all regencies of the province once: the offline shell keeps what was asked for.
    pub fn keep_province(self) {
        let Some(province) = self.chosen.with_untracked(|chosen| chosen.first().cloned()) else { return };
        spawn_local(async move {
            let index = read(self.services, "index", "").await.unwrap_or_default();
            let regencies = index.within(&province.code);
            let code = province.code.as_str();
            // Another province may be chosen by then, or the page left.
            let told = move |kept: Kept| {
                let same =
                    self.chosen.try_with_untracked(|chosen| chosen.first().is_some_and(|first| first.code == code));
                same == Some(true) && self.kept.try_update(|known| *known = kept).is_some()
            };
            let mut kept = 0;
            for regency in &regencies {
                if !told(Kept::Some(kept, regencies.len())) {
                    return;
                }
                if read(self.services, &regency.code, &regency.code).await.is_some() {
                    kept += 1;
                }
            }
            let all = kept == regencies.len() && kept > 0;
            told(if all { Kept::All } else { Kept::Some(kept, regencies.len()) });
        });
    }
}
