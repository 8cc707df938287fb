//! Who and what is assessed, while it is filled in.

use bintang_dom::{Memo, RwSignal};
use bintang_domain::subject::{Place, RegionCodes, Subject, is_phone, nib};

/// What is filled in. The ids of its fields in the page are [`PRODUCT`], [`NIB`] and [`PHONE`].
#[derive(Debug, Clone, Copy)]
pub struct SubjectForm {
    /// Name of the product.
    pub product: RwSignal<String>,
    /// Name of the business.
    pub business: RwSignal<String>,
    /// Its owner.
    pub owner: RwSignal<String>,
    /// The cluster of makers.
    pub sentra: RwSignal<String>,
    /// The business's number.
    pub nib: RwSignal<String>,
    /// A telephone number.
    pub phone: RwSignal<String>,
    /// The place in words.
    pub village: RwSignal<String>,
    /// The code of the village from the list; empty where none was chosen.
    pub code: RwSignal<String>,
    /// Whether it was to be used once: what is missing is told from then on.
    pub tried: RwSignal<bool>,
}

/// Id of the product's field.
pub const PRODUCT: &str = "product";
/// Id of the field of the business's number.
pub const NIB: &str = "nib";
/// Id of the telephone's field.
pub const PHONE: &str = "phone";

fn given(signal: RwSignal<String>) -> String {
    signal.get_untracked().trim().to_owned()
}

fn optional(signal: RwSignal<String>) -> Option<String> {
    Some(given(signal)).filter(|text| !text.is_empty())
}

impl SubjectForm {
    /// With what is known.
    #[must_use]
    pub fn new(subject: Subject) -> Self {
        let text = |text: String| RwSignal::new(text);
        Self {
            product: text(subject.product),
            business: text(subject.business),
            owner: text(subject.owner),
            sentra: text(subject.sentra.unwrap_or_default()),
            nib: text(subject.nib.unwrap_or_default()),
            phone: text(subject.phone.unwrap_or_default()),
            village: text(subject.place.village),
            code: text(subject.place.codes.map(|codes| codes.village).unwrap_or_default()),
            tried: RwSignal::new(false),
        }
    }

    /// Fills in what is known of another assessment, in the place of what the last one filled in; what was typed stays, and a
    /// place is filled in only where none is.
    pub fn fill(self, last: &Subject, subject: &Subject) {
        let of = |subject: &Subject| {
            let Subject { product, business, owner, sentra, nib, phone, .. } = subject.clone();
            [Some(product), Some(business), Some(owner), sentra, nib, phone].map(Option::unwrap_or_default)
        };
        let fields = [self.product, self.business, self.owner, self.sentra, self.nib, self.phone];
        for ((field, last), text) in fields.into_iter().zip(of(last)).zip(of(subject)) {
            if field.with_untracked(|typed| typed.trim().is_empty() || *typed == last) {
                field.set(text);
            }
        }
        let place = |subject: &Subject| {
            let Place { village, codes, .. } = &subject.place;
            (village.clone(), codes.as_ref().map(|codes| codes.village.clone()).unwrap_or_default())
        };
        let (before, now) = (place(last), place(subject));
        if (self.village.get_untracked(), self.code.get_untracked()) == before {
            self.code.set(now.1);
            self.village.set(now.0);
        }
    }

    /// What can be filled in before the part is there.
    #[must_use]
    pub fn first(self) -> Subject {
        let (product, business, owner) = (given(self.product), given(self.business), given(self.owner));
        Subject { product, business, owner, ..Subject::default() }
    }

    /// Whether the product has no name yet; from now on the fields tell what is missing.
    #[must_use]
    pub fn is_unnamed(self) -> bool {
        self.tried.set(true);
        given(self.product).is_empty()
    }

    /// All that was filled in. Comes with the part.
    #[must_use]
    pub fn subject(self) -> Subject {
        Subject {
            sentra: optional(self.sentra),
            place: Place {
                village: given(self.village),
                codes: RegionCodes::of_village(&given(self.code)),
                coordinates: None,
            },
            nib: nib(&given(self.nib)),
            phone: optional(self.phone),
            ..self.first()
        }
    }

    /// Whether the business's number is filled in and none; renews the view.
    #[must_use]
    pub fn nib_wrong(self) -> Memo<bool> {
        Memo::new(move || self.nib.with(|text| !text.trim().is_empty() && nib(text).is_none()))
    }

    /// Whether the telephone number is filled in and none; renews the view.
    #[must_use]
    pub fn phone_wrong(self) -> Memo<bool> {
        Memo::new(move || self.phone.with(|text| !text.trim().is_empty() && !is_phone(text)))
    }

    /// The first field that does not let it be used, by its id; else all that was filled in. From now on the fields tell
    /// what is missing. Comes with the part.
    ///
    /// # Errors
    /// The id of the field.
    pub fn read(self) -> Result<Subject, &'static str> {
        if self.is_unnamed() {
            return Err(PRODUCT);
        }
        let wrong = |signal, wrong: fn(&str) -> bool| optional(signal).is_some_and(|text| wrong(&text));
        if wrong(self.nib, |text| nib(text).is_none()) {
            return Err(NIB);
        }
        if wrong(self.phone, |text| !is_phone(text)) {
            return Err(PHONE);
        }
        Ok(self.subject())
    }
}
