//! Where a value stands in a rubric's file.

/// A place, as steps that lead back to the whole file. Most places are never told, so they are written out only by
/// [`At::render`]: nothing is allocated, and nothing is dropped, on the way there.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    parent: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    /// A JSON pointer written before.
    Written(&'a str),
    Name(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    /// The whole file.
    pub(crate) const ROOT: Self = Self::written("");

    /// A place that is a JSON pointer already.
    pub(crate) const fn written(pointer: &'a str) -> Self {
        Self { parent: None, step: Step::Written(pointer) }
    }

    /// The place of a member of the whole file.
    pub(crate) const fn top(name: &'a str) -> Self {
        Self { parent: None, step: Step::Name(name) }
    }

    /// The place of a member whose name needs no escaping.
    pub(crate) const fn child(&'a self, name: &'a str) -> Self {
        Self { parent: Some(self), step: Step::Name(name) }
    }

    /// The place of an element.
    pub(crate) const fn element(&'a self, index: usize) -> Self {
        Self { parent: Some(self), step: Step::Index(index) }
    }

    /// The JSON pointer (RFC 6901).
    pub(crate) fn render(&self) -> String {
        let mut pointer = String::new();
        self.write(&mut pointer);
        pointer
    }

    /// Places are no deeper than the JSON reader allows, so this cannot run too deep.
    fn write(&self, pointer: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(pointer);
        }
        match self.step {
            Step::Written(written) => pointer.push_str(written),
            Step::Name(name) => {
                pointer.push('/');
                pointer.push_str(name);
            }
            Step::Index(index) => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_json_pointers() {
        assert_eq!(At::ROOT.render(), "");
        assert_eq!(At::top("max").render(), "/max");
        assert_eq!(At::ROOT.child("parts").element(0).child("nodes").element(12).render(), "/parts/0/nodes/12");
    }

    #[test]
    fn a_written_place_goes_on() {
        assert_eq!(At::written("/parts/3").child("id").render(), "/parts/3/id");
        assert_eq!(At::written("").element(7).render(), "/7");
    }
}
