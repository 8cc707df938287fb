//! The words of the results pages: Indonesian first, then English.

use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Indonesian,
    English,
}

/// The words in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) tag: &'static str,
    pub(super) title: &'static str,
    pub(super) rubric: &'static str,
    pub(super) stars: &'static str,
    pub(super) any: &'static str,
    pub(super) from_day: &'static str,
    pub(super) show: &'static str,
    pub(super) none: &'static str,
    pub(super) next: &'static str,
    pub(super) back: &'static str,
    pub(super) untitled: &'static str,
    pub(super) unknown_stars: &'static str,
    pub(super) business: &'static str,
    pub(super) owner: &'static str,
    pub(super) village: &'static str,
    pub(super) stage: &'static str,
    pub(super) assessor: &'static str,
    pub(super) finished: &'static str,
    pub(super) received: &'static str,
    pub(super) team: &'static str,
    pub(super) score: &'static str,
    pub(super) part: &'static str,
    pub(super) points: &'static str,
    pub(super) most: &'static str,
    pub(super) total: &'static str,
    pub(super) photos: &'static str,
    pub(super) no_photos: &'static str,
    pub(super) photo_missing: &'static str,
    pub(super) proof: &'static str,
    pub(super) whole: &'static str,
    pub(super) altered: &'static str,
    pub(super) same_score: &'static str,
    pub(super) other_score: &'static str,
    pub(super) no_rubric: &'static str,
    pub(super) all_photos: &'static str,
    pub(super) some_photos: &'static str,
    pub(super) unsigned: &'static str,
    pub(super) unchecked: &'static str,
    pub(super) known_key: &'static str,
    pub(super) new_key: &'static str,
    pub(super) other_key: &'static str,
    pub(super) bad_signature: &'static str,
    pub(super) key: &'static str,
    pub(super) replaces: &'static str,
    pub(super) document: &'static str,
    pub(super) receipt: &'static str,
    pub(super) sign_in: &'static str,
    pub(super) not_found: &'static str,
    pub(super) failed: &'static str,
}

const INDONESIAN: Words = Words {
    tag: "id",
    title: "Hasil penilaian",
    rubric: "Rubrik",
    stars: "Bintang",
    any: "Semua",
    from_day: "Diterima sejak",
    show: "Tampilkan",
    none: "Belum ada penilaian yang cocok.",
    next: "Berikutnya",
    back: "Kembali ke daftar",
    untitled: "Produk tanpa nama",
    unknown_stars: "Belum dihitung di sini",
    business: "Usaha",
    owner: "Pemilik",
    village: "Tempat",
    stage: "Tahap",
    assessor: "Penilai",
    finished: "Selesai dinilai",
    received: "Diterima",
    team: "Tim",
    score: "Nilai",
    part: "Bagian",
    points: "Nilai",
    most: "Paling tinggi",
    total: "Jumlah",
    photos: "Foto bukti",
    no_photos: "Penilaian ini tidak memuat foto.",
    photo_missing: "Foto belum diterima",
    proof: "Pemeriksaan",
    whole: "Isi sama dengan yang diterima (sidik cocok)",
    altered: "Isi tidak sama lagi dengan yang diterima",
    same_score: "Nilai dihitung ulang dengan rubrik yang sama: cocok",
    other_score: "Nilai dihitung ulang dengan rubrik yang sama: berbeda dari yang dikirim",
    no_rubric: "Rubriknya tidak ada di penerima ini, jadi nilai tidak dihitung ulang",
    all_photos: "Semua foto sudah diterima",
    some_photos: "Ada foto yang belum diterima",
    unsigned: "Tidak ditandatangani oleh ponsel",
    unchecked: "Ditandatangani ponsel; saat diterima tanda tangan belum diperiksa",
    known_key: "Ditandatangani ponsel yang sudah dikenal sebagai milik penilai ini",
    new_key: "Ditandatangani ponsel; inilah ponsel pertama dari penilai ini",
    other_key: "Ditandatangani ponsel lain daripada yang dikenal dari penilai ini: tanyakan apakah ia berganti ponsel",
    bad_signature: "Tanda tangan ponsel tidak cocok dengan isinya",
    key: "Kunci ponsel",
    replaces: "Menggantikan penilaian sebelumnya",
    document: "Dokumen lengkap (JSON)",
    receipt: "Tanda terima (berkas untuk ponsel tanpa jaringan)",
    sign_in: "Masuk dengan token baca sebagai kata sandi. Nama pengguna boleh apa saja.",
    not_found: "Tidak ada di sini.",
    failed: "Penerima sedang tidak dapat menjawab. Coba lagi nanti.",
};

const ENGLISH: Words = Words {
    tag: "en",
    title: "Assessments",
    rubric: "Rubric",
    stars: "Stars",
    any: "All",
    from_day: "Received since",
    show: "Show",
    none: "No assessment fits.",
    next: "Next",
    back: "Back to the list",
    untitled: "Product without a name",
    unknown_stars: "Not reckoned here",
    business: "Business",
    owner: "Owner",
    village: "Place",
    stage: "Stage",
    assessor: "Assessor",
    finished: "Finished",
    received: "Received",
    team: "Team",
    score: "Score",
    part: "Part",
    points: "Points",
    most: "Most",
    total: "Total",
    photos: "Photos",
    no_photos: "This assessment has no photos.",
    photo_missing: "Photo not received yet",
    proof: "What was checked",
    whole: "The content is what was received (its digest agrees)",
    altered: "The content is not what was received any more",
    same_score: "The score was reckoned again with the same rubric: it agrees",
    other_score: "The score was reckoned again with the same rubric: it differs from what was sent",
    no_rubric: "This receiver does not have the rubric, so the score was not reckoned again",
    all_photos: "All photos were received",
    some_photos: "Some photos were not received yet",
    unsigned: "Not signed by the phone",
    unchecked: "Signed by a phone; signatures were not looked at when it came",
    known_key: "Signed by a phone that is known to be this assessor's",
    new_key: "Signed by a phone: the first one of this assessor",
    other_key: "Signed by another phone than those known of this assessor: ask whether they have a new phone",
    bad_signature: "The phone's signature does not fit the content",
    key: "Key of the phone",
    replaces: "Replaces an earlier assessment",
    document: "The whole document (JSON)",
    receipt: "Receipt (a file for a phone without a network)",
    sign_in: "Sign in with a token that may read as the password. The user name may be anything.",
    not_found: "There is nothing here.",
    failed: "The receiver cannot answer now. Please try again later.",
};

impl Language {
    /// What the browser asks for first, of the two there are.
    pub(super) fn of(head: &HeaderMap) -> Self {
        let asked = head.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut tags = asked.split(',').map(|tag| tag.trim().get(..2).unwrap_or_default().to_ascii_lowercase());
        match tags.find(|tag| ["id", "en"].contains(&tag.as_str())).as_deref() {
            Some("en") => Self::English,
            _ => Self::Indonesian,
        }
    }

    pub(super) const fn words(self) -> Words {
        match self {
            Self::Indonesian => INDONESIAN,
            Self::English => ENGLISH,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_is_there_is_spoken() {
        let of = |text: &str| {
            let mut head = HeaderMap::new();
            head.insert(ACCEPT_LANGUAGE, text.parse().unwrap());
            Language::of(&head)
        };
        assert_eq!(Language::of(&HeaderMap::new()), Language::Indonesian);
        for (text, language) in [
            ("id-ID,id;q=0.9,en;q=0.8", Language::Indonesian),
            ("en-GB,en;q=0.9,id;q=0.8", Language::English),
            ("nl,de;q=0.9,en;q=0.5", Language::English),
            ("nl", Language::Indonesian),
            ("", Language::Indonesian),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }
}
