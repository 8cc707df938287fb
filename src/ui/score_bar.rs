//! A bar of points out of their most, with the numbers written out.

use bintang_dom::{El, el};

/// One bar: the id and name of the part or group, points of most points as written, and the share from 0 to 1000.
pub fn score_bar(code: &str, label: &str, value: &str, thousandths: i64) -> El {
    let name = el("span").class("scorebar__label").child(el("span").class("code").text(code)).text(" ").text(label);
    let meter = el("meter")
        .attr("min", "0")
        .attr("max", "1000")
        .attr("value", &thousandths.to_string())
        .attr("aria-label", &[code, " ", label, ": ", value].concat());
    el("div").class("scorebar").child(name).child(el("span").class("scorebar__value").text(value)).child(meter)
}
