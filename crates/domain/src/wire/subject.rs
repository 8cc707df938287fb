//! Who and what is assessed, as it travels. What came to the format later is left out where it is not said, so that what
//! was sealed before keeps its digest.

use super::form::{Faults, Form, Members, Object, put};
use crate::subject::{Place, Subject, is_phone, nib};
use serde_json::Value;

/// Who and what is assessed as a value, for the change log: without where the phone was.
#[must_use]
pub fn said(subject: &Subject) -> Value {
    let place = Place { coordinates: None, ..subject.place.clone() };
    Subject { place, ..subject.clone() }.write()
}

impl Form for Subject {
    fn take(value: &Value, faults: &mut Faults) -> Self {
        let of = Object::of(value, faults);
        let subject = Self {
            business: of.member("business", faults),
            owner: of.member("owner", faults),
            product: of.member("product", faults),
            commodity: of.member("commodity", faults),
            sentra: of.member("sentra", faults),
            place: of.member("place", faults),
            nib: of.member("nib", faults),
            phone: of.member("phone", faults),
        };
        if subject.nib.as_ref().is_some_and(|text| nib(text).as_ref() != Some(text)) {
            faults.note("nib: 13 digits are expected");
        }
        if subject.phone.as_ref().is_some_and(|text| !is_phone(text)) {
            faults.note("phone: a telephone number is expected");
        }
        subject
    }

    fn write(&self) -> Value {
        let mut members = Members::new();
        put(&mut members, "business", &self.business);
        put(&mut members, "owner", &self.owner);
        put(&mut members, "product", &self.product);
        put(&mut members, "commodity", &self.commodity);
        put(&mut members, "sentra", &self.sentra);
        put(&mut members, "place", &self.place);
        for (name, text) in [("nib", &self.nib), ("phone", &self.phone)] {
            if text.is_some() {
                put(&mut members, name, text);
            }
        }
        Value::Object(members)
    }
}
