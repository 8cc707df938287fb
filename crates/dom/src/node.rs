//! What can stand inside an element, and regions that follow signals.

use crate::{dom, element::El, reactive::follow};
use leptos::prelude::Owner;

/// What can stand inside an element.
#[derive(Default)]
#[expect(missing_debug_implementations, reason = "closures")]
pub enum Node {
    /// Nothing.
    #[default]
    Nothing,
    /// An element.
    Element(El),
    /// Several, in order.
    Group(Vec<Node>),
    /// Made anew whenever a signal that it read changes.
    With(Box<dyn Fn() -> Node>),
}

/// A region that is made anew whenever a signal that `make` reads changes. What must not be made anew while a person
/// types in it should read memos, which change only when their value does.
pub fn with<N: Into<Node>>(make: impl Fn() -> N + 'static) -> Node {
    Node::With(Box::new(move || make().into()))
}

/// Several nodes in order.
pub fn group<N: Into<Node>>(nodes: impl IntoIterator<Item = N>) -> Node {
    Node::Group(nodes.into_iter().map(Into::into).collect())
}

/// What can be put into an element. An element, by far the most frequent, goes there without being made a [`Node`]: at
/// several hundred places that is a fifth of the code.
pub trait Child {
    /// Puts it at the end of `parent`.
    fn put_into(self, parent: El) -> El;
}

impl Child for El {
    fn put_into(self, parent: El) -> El {
        parent.child_element(self)
    }
}

impl Child for Node {
    fn put_into(self, parent: El) -> El {
        parent.child_node(self)
    }
}

impl<C: Child> Child for Option<C> {
    fn put_into(self, parent: El) -> El {
        match self {
            Some(child) => child.put_into(parent),
            None => parent,
        }
    }
}

impl<C: Child> Child for Vec<C> {
    fn put_into(self, parent: El) -> El {
        self.into_iter().fold(parent, |parent, child| child.put_into(parent))
    }
}

impl<C: Child, const LENGTH: usize> Child for [C; LENGTH] {
    fn put_into(self, parent: El) -> El {
        self.into_iter().fold(parent, |parent, child| child.put_into(parent))
    }
}

impl From<El> for Node {
    fn from(element: El) -> Self {
        Self::Element(element)
    }
}

impl<N: Into<Self>> From<Option<N>> for Node {
    fn from(node: Option<N>) -> Self {
        node.map_or(Self::Nothing, Into::into)
    }
}

impl<N: Into<Self>> From<Vec<N>> for Node {
    fn from(nodes: Vec<N>) -> Self {
        group(nodes)
    }
}

impl<N: Into<Self>, const LENGTH: usize> From<[N; LENGTH]> for Node {
    fn from(nodes: [N; LENGTH]) -> Self {
        group(nodes)
    }
}

impl Node {
    /// Puts it at the end of `parent`.
    pub(crate) fn append_to(self, parent: &web_sys::Node) {
        match self {
            Self::Nothing => {}
            Self::Element(element) => dom::append(parent, element.raw()),
            Self::Group(nodes) => nodes.into_iter().for_each(|node| node.append_to(parent)),
            Self::With(make) => region(parent, make),
        }
    }
}

/// Two marks and what stands between them.
fn region(parent: &web_sys::Node, make: Box<dyn Fn() -> Node>) {
    let (Some(from), Some(to)) = (dom::mark(), dom::mark()) else { return };
    dom::append(parent, &from);
    dom::append(parent, &to);
    follow(move || {
        let node = make();
        dom::clear(&from, &to);
        if let (Some(fragment), Some(parent)) = (dom::fragment(), to.parent_node()) {
            node.append_to(&fragment);
            let _ = parent.insert_before(&fragment, Some(&to));
        }
    });
}

/// Starts the app: shows what `page` makes in its place, for as long as the instance lives.
pub fn mount<N: Into<Node>>(page: impl FnOnce() -> N) {
    // Leptos runs its effects through this; it fails only when it is set already.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let node = owner.with(|| page().into());
    owner.with(|| {
        node.append_to(&dom::host::place());
    });
    std::mem::forget(owner);
}
