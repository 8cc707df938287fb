//! The migrations are compiled in, so a new one must make cargo look again.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
