//! A chart of shares around a centre. The numbers always stand beside it too.

use bintang_dom::{El, Node, el, group, svg};

/// One direction of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Its code.
    pub code: String,
    /// What stands under the code, such as "80 %".
    pub value: String,
    /// The share reached, from 0 to 1000.
    pub thousandths: i64,
}

/// All lengths are tenths of the drawing's unit, of which it has 280 each way.
const MIDDLE: i64 = 1400;
const RADIUS: i64 = 940;
/// Where the codes stand.
const OUTER: i64 = 1170;
/// Fewer directions make no figure.
pub const FEWEST: usize = 3;

/// The sine of so many of `of` equal parts of a full turn, in millionths, by its series: the library's own would bring all
/// of its trigonometry to a phone.
fn sine(part: i64, of: i64) -> i64 {
    const UNIT: i128 = 1_000_000;
    const TURN: i128 = 6_283_185;
    // Within half a turn around zero the series ends soon.
    let part = i128::from(part.rem_euclid(of));
    let angle = TURN * part / i128::from(of);
    let angle = if angle > TURN / 2 { angle - TURN } else { angle };
    let (mut term, mut sum) = (angle, 0);
    for power in 0..10 {
        sum += term;
        term = -term * angle / UNIT * angle / UNIT / ((2 * power + 2) * (2 * power + 3));
    }
    i64::try_from(sum).unwrap_or_default()
}

/// A place of the chart in tenths: so far from the middle, in the direction of this number.
fn point(place: usize, of: usize, tenths: i64) -> (i64, i64) {
    let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX / 8);
    let (place, of) = (number(place), number(of.max(1)));
    // Quarters of a turn are whole when everything is counted four times.
    let (across, down) = (sine(4 * place, 4 * of), sine(4 * place + of, 4 * of));
    (MIDDLE + tenths * across / 1_000_000, MIDDLE - tenths * down / 1_000_000)
}

/// Tenths as a number is written.
fn number(tenths: i64) -> String {
    [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string()].concat()
}

fn written((x, y): (i64, i64)) -> String {
    [number(x), number(y)].join(",")
}

fn ring(class: &'static str, of: usize, radius: impl Fn(usize) -> i64) -> El {
    let points: Vec<String> = (0..of).map(|place| written(point(place, of, radius(place)))).collect();
    svg("polygon").attr("class", class).attr("points", &points.join(" "))
}

/// The chart; `label` is what a screen reader says in its place. `None` for fewer than three directions.
#[must_use]
pub fn radar(axes: &[Axis], label: &str) -> Option<El> {
    let of = axes.len();
    if of < FEWEST {
        return None;
    }
    let reached = |place: usize| axes.get(place).map_or(0, |axis| axis.thousandths.clamp(0, 1000) * RADIUS / 1000);
    let grid = [1, 2, 3].map(|quarters| ring("grid", of, move |_| RADIUS * quarters / 4));
    let spokes = (0..of).map(|place| {
        let (x, y) = point(place, of, RADIUS);
        let line = ["M140 140L", &written((x, y))].concat();
        svg("path").attr("class", "grid").attr("d", &line)
    });
    let dots = (0..of).map(|place| {
        let (x, y) = point(place, of, reached(place));
        svg("circle").attr("class", "dot").attr("r", "4").attr("cx", &number(x)).attr("cy", &number(y))
    });
    let names = axes.iter().enumerate().map(|(place, axis)| {
        let (x, y) = point(place, of, OUTER);
        let at = |class: &str, y: i64, text: &str| {
            svg("text").attr("class", class).text(text).attr("x", &number(x)).attr("y", &number(y))
        };
        group([at("code", y - 70, &axis.code), at("value", y + 80, &axis.value)])
    });
    let names: Vec<Node> = names.collect();
    let chart = svg("svg")
        .class("radar")
        .attr("viewBox", "0 0 280 280")
        .attr("role", "img")
        .attr("aria-label", label)
        .child(group(grid))
        .child(group(spokes))
        .child(ring("rim", of, |_| RADIUS))
        .child(ring("shape", of, reached))
        .child(group(dots))
        .child(group(names));
    Some(el("div").child(chart))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_the_sine() {
        for of in 1_i64..60 {
            for part in 0..4 * of {
                #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                let real = (std::f64::consts::TAU * part as f64 / (4 * of) as f64).sin();
                #[expect(clippy::cast_precision_loss, reason = "millionths")]
                let ours = sine(part, 4 * of) as f64 / 1_000_000.0;
                assert!((real - ours).abs() < 1e-4, "{part} of {}: {real} {ours}", 4 * of);
            }
        }
    }

    #[test]
    fn directions_go_round_from_the_top() {
        assert_eq!(
            [0, 1, 2, 3].map(|place| point(place, 4, 100)),
            [(1400, 1300), (1500, 1400), (1400, 1500), (1300, 1400)]
        );
        assert_eq!(written((1405, 1300)), "140.5,130.0");
    }
}
