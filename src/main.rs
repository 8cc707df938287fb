//! Starts the app in the page.

fn main() {
    bintang::app::start();
}
