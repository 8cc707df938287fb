//! The programs that other endpoints run on: tests play the contract against the real ones (docs/endpoints).

use super::packages;
use crate::workspace;

/// A program, the package that brings it, and where that puts it.
const ALL: [(&str, &str, &str); 2] = [("php", "php-cli", "/usr/bin/php"), ("nginx", "nginx-light", "/usr/sbin/nginx")];

/// The packages that are missing.
pub fn missing() -> Vec<&'static str> {
    let absent = |(program, package, file): &(&str, &'static str, &str)| {
        (!workspace::on_path(program) && packages::missing(&[(package, &[file])]) == [*package]).then_some(*package)
    };
    ALL.iter().filter_map(absent).collect()
}
