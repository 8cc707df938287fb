//! The keys of the interface texts.

use super::Phrase;

/// A text without places.
type Plain = &'static str;

/// A kind of text.
trait Text {
    fn of(text: &'static str) -> Self;
}

impl Text for Plain {
    fn of(text: &'static str) -> Self {
        text
    }
}

impl Text for Phrase {
    fn of(text: &'static str) -> Self {
        Self(text)
    }
}

macro_rules! words {
    ($($key:ident: $kind:ident,)+) => {
        #[allow(non_camel_case_types, reason = "the keys as they are called")]
        enum Key {
            $($key,)+
        }

        /// How many there are.
        pub(super) const COUNT: usize = [$(Key::$key as usize),+].len();

        /// The keys in their order.
        #[cfg(test)]
        pub(super) const KEYS: [&str; COUNT] = [$(stringify!($key)),+];

        impl Words {
            $(
                #[allow(missing_docs, reason = "the key is the name; the text stands beside it in each language")]
                #[must_use]
                pub fn $key(&self) -> $kind {
                    Text::of(self.0.get(Key::$key as usize).copied().unwrap_or_default())
                }
            )+
        }
    };
}

/// Every text of the interface in one language.
#[derive(Debug)]
pub struct Words(pub(super) [&'static str; COUNT]);

impl Words {
    /// Reads a language's file: for each key, in this order, a line `key: text`. `None` where it is not whole.
    pub(super) fn read(file: &'static str) -> Option<Self> {
        let mut texts = [""; COUNT];
        let mut lines = file.lines();
        for text in &mut texts {
            *text = lines.next()?.split_once(':')?.1.strip_prefix(' ')?;
        }
        Some(Self(texts))
    }
}

words! {
    app_tagline: Plain,
    skip: Plain,
    nav_main: Plain,
    nav_home: Plain,
    nav_outbox: Plain,
    nav_settings: Plain,
    nav_outbox_count: Phrase,
    back: Plain,
    change_theme: Plain,
    new_assessment: Plain,
    search_label: Plain,
    search_placeholder: Plain,
    filter_label: Plain,
    filter_all: Plain,
    filter_working: Plain,
    filter_queued: Plain,
    filter_proved: Plain,
    home_working: Plain,
    home_finished: Plain,
    home_damaged: Plain,
    assessments: Phrase,
    home_empty_title: Plain,
    home_empty_text: Plain,
    home_none_found: Plain,
    loading: Plain,
    part_failed_title: Plain,
    part_failed_text: Plain,
    untitled_product: Plain,
    chip_draft: Plain,
    chip_missing: Phrase,
    chip_missing_papers: Phrase,
    chip_queued: Plain,
    chip_attention: Plain,
    chip_proved: Plain,
    chip_damaged: Plain,
    damaged_title: Plain,
    damaged_text: Plain,
    save_file: Plain,
    answered_of: Phrase,
    stars_of: Phrase,
    stars_of_provisional: Phrase,
    provisional: Plain,
    points_provisional: Phrase,
    offline_home: Plain,
    storage_temporary_title: Plain,
    storage_temporary_text: Plain,
    storage_best_effort_title: Plain,
    storage_best_effort_text: Plain,
    version_ready_title: Plain,
    version_ready_text: Plain,
    version_in_use: Plain,
    version_use: Plain,
    group: Plain,
    group_hint: Plain,
    commodity_food: Plain,
    commodity_weaving: Plain,
    commodity_batik: Plain,
    commodity_plaiting: Plain,
    commodity_pottery: Plain,
    rubric_other: Phrase,
    rubric_criteria: Phrase,
    rubric_template: Plain,
    rubric_unusable: Plain,
    rubric_unusable_count: Phrase,
    rubric_unreachable: Phrase,
    rubric_problems: Plain,
    stage: Plain,
    stage_usulan: Plain,
    stage_usulan_hint: Plain,
    stage_seleksi: Plain,
    stage_seleksi_hint: Plain,
    stage_evaluasi: Plain,
    stage_evaluasi_hint: Plain,
    subject: Plain,
    field_product: Plain,
    field_business: Plain,
    field_owner: Plain,
    field_village: Plain,
    field_village_hint: Plain,
    field_required: Plain,
    choose_group: Plain,
    start: Plain,
    sheet_title: Plain,
    sheet_parts: Plain,
    part_points: Phrase,
    points_of: Phrase,
    part_complete: Plain,
    saved_at: Phrase,
    saving: Plain,
    not_saved: Plain,
    temporary_short: Plain,
    undo: Plain,
    undo_what: Phrase,
    undo_none: Plain,
    unanswered_points: Phrase,
    not_asked_state: Plain,
    not_asked_because: Phrase,
    na_state: Plain,
    option_none: Plain,
    option_na: Plain,
    points_word: Plain,
    not_counted: Plain,
    gate_word: Plain,
    proof_word: Plain,
    case_choose: Plain,
    ladder: Plain,
    ladder_points: Phrase,
    ladder_at_least: Phrase,
    ladder_below: Phrase,
    note: Plain,
    note_of: Phrase,
    note_asked: Plain,
    gate_missed: Phrase,
    clear_answer: Plain,
    requirements: Plain,
    requirements_answered: Phrase,
    requirement_yes: Plain,
    requirement_no: Plain,
    requirement_unanswered: Plain,
    effect_no_award: Plain,
    effect_reject: Plain,
    effect_cap: Phrase,
    knockouts: Plain,
    knockouts_none: Plain,
    knockouts_raised: Phrase,
    knockouts_legend: Plain,
    knockout_auto: Plain,
    knockout_disqualify: Plain,
    knockout_stop: Plain,
    livebar: Plain,
    livebar_total: Plain,
    livebar_open: Plain,
    hold_title: Phrase,
    hold_star: Phrase,
    hold_short: Phrase,
    hold_gates: Phrase,
    hold_gates_only: Phrase,
    hold_cap: Phrase,
    and: Plain,
    hold_top: Plain,
    hold_unknown: Phrase,
    papers_short: Plain,
    hold_ready: Plain,
    withheld_disqualify: Plain,
    withheld_stop: Plain,
    withheld_reject: Plain,
    withheld_no_award: Plain,
    way_unanswered: Phrase,
    way_has: Phrase,
    way_title: Phrase,
    way_steps: Phrase,
    way_criteria: Phrase,
    way_papers: Phrase,
    way_from_to: Phrase,
    way_choose: Phrase,
    way_tick: Phrase,
    way_paper: Plain,
    way_open: Plain,
    way_reckoning: Plain,
    way_none: Plain,
    way_flagged: Plain,
    remaining: Phrase,
    remaining_hint: Plain,
    review: Plain,
    review_missing: Plain,
    review_missing_none: Plain,
    review_missing_count: Phrase,
    review_unanswered: Plain,
    review_paper_unanswered: Plain,
    review_gates: Phrase,
    review_notes: Plain,
    review_note_missing: Plain,
    finish: Plain,
    finishing: Plain,
    finish_blocked: Phrase,
    finish_unsaved: Plain,
    finish_note: Plain,
    finish_no_assessor: Plain,
    open_settings: Plain,
    result: Plain,
    result_stars: Phrase,
    result_none: Plain,
    result_held_points: Phrase,
    result_finished: Phrase,
    result_parts: Plain,
    result_why: Plain,
    why_points: Phrase,
    why_points_none: Plain,
    why_gates: Phrase,
    why_gates_none: Plain,
    why_gates_all: Plain,
    why_papers_ok: Plain,
    why_papers_missing: Plain,
    why_knockouts_none: Plain,
    why_knockouts: Plain,
    why_certificate: Plain,
    coach: Phrase,
    coaching: Plain,
    result_unavailable: Plain,
    notes_written: Plain,
    to_outbox: Plain,
    to_home: Plain,
    outbox_target: Phrase,
    outbox_no_target: Plain,
    outbox_offline_title: Plain,
    outbox_offline_text: Plain,
    outbox_empty_title: Plain,
    outbox_empty_text: Plain,
    outbox_attention: Plain,
    outbox_waiting: Plain,
    outbox_proved: Plain,
    outbox_send_now: Plain,
    outbox_again: Plain,
    outbox_bind: Plain,
    outbox_waiting_network: Plain,
    outbox_waiting_until: Phrase,
    outbox_waiting_soon: Plain,
    outbox_sending: Plain,
    receipt_received: Plain,
    receipt_by: Plain,
    receipt_digest: Plain,
    send_no_endpoint: Plain,
    send_offline: Plain,
    send_timeout: Plain,
    send_busy: Phrase,
    send_not_a_receipt: Phrase,
    send_other_receipt: Plain,
    send_files_missing: Phrase,
    send_not_allowed: Phrase,
    send_refused: Phrase,
    settings: Plain,
    settings_assessor: Plain,
    settings_assessor_name: Plain,
    settings_assessor_office: Plain,
    settings_endpoint: Plain,
    settings_endpoint_url: Plain,
    settings_endpoint_hint: Plain,
    settings_endpoint_now: Phrase,
    endpoint_not_an_address: Plain,
    endpoint_not_encrypted: Plain,
    endpoint_not_plain: Plain,
    settings_language: Plain,
    settings_theme: Plain,
    theme_auto: Plain,
    theme_light: Plain,
    theme_sun: Plain,
    theme_dark: Plain,
    settings_storage: Plain,
    storage_lasting: Plain,
    settings_shell: Plain,
    shell_offline: Plain,
    shell_starting: Plain,
    shell_unavailable: Plain,
    settings_saved: Plain,
    settings_not_kept: Plain,
    settings_version: Phrase,
    store_full: Plain,
    store_conflict: Plain,
    store_closed: Plain,
    store_denied: Plain,
    store_corrupt: Plain,
    store_other: Phrase,
    try_again: Plain,
    reload: Plain,
    not_found_title: Plain,
    not_found_text: Plain,
    rubric_gone: Plain,
    close: Plain,
}
