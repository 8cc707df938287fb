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
