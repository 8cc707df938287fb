//! How reading and scoring grow with the rubric, drawn: `cargo bench -p bintang-domain --bench curve` measures and writes
//! docs/curve.svg. The fastest of many rounds counts, since a shared machine only ever adds to a time.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

#[path = "common/made.rs"]
mod made;

use bintang_domain::{rubric, score, wire};
use std::{
    fmt::Write as _,
    fs,
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

const SIZES: [usize; 10] = [30, 60, 100, 200, 300, 500, 700, 1_000, 1_400, 2_000];

/// A round is so long at least, that the clock's own time is nothing in it.
const ROUND: Duration = Duration::from_millis(2);

/// Rounds of one measurement.
const ROUNDS: usize = 150;

/// What is measured: by size, in seconds.
struct Series {
    name: &'static str,
    colour: &'static str,
    seconds: Vec<f64>,
}

fn main() {
    // Built and listed with the tests, but only run when it is asked for.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let series = |name, colour, of: fn(usize) -> Box<dyn Fn()>| {
        let seconds = SIZES.map(|size| fastest(&of(size))).to_vec();
        for (size, seconds) in SIZES.into_iter().zip(&seconds) {
            println!("{name}, {size} criteria: {} ({} a criterion)", time(*seconds), time(seconds / count(size)));
        }
        Series { name, colour, seconds }
    };
    let all = [
        series("read and check a rubric", "#8a3ffc", read_a_rubric),
        series("read and check a sheet", "#0f62fe", read_a_sheet),
        series("score a sheet", "#007d79", score_a_sheet),
    ];
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/curve.svg");
    fs::write(target, drawn(&all)).expect("docs can be written");
}

fn read_a_rubric(criteria: usize) -> Box<dyn Fn()> {
    let file = made::file(criteria);
    Box::new(move || drop(black_box(rubric::read(black_box(&file)))))
}

fn read_a_sheet(criteria: usize) -> Box<dyn Fn()> {
    let rubric = made::read(criteria);
    let line = made::line(&rubric);
    Box::new(move || {
        let value = wire::json::read_in_place(black_box(line.as_bytes())).expect("JSON");
        let sheet = wire::answers::read(&value).expect("a sheet");
        assert!(sheet.check(&rubric).is_empty());
        black_box(sheet);
    })
}

fn score_a_sheet(criteria: usize) -> Box<dyn Fn()> {
    let rubric = made::read(criteria);
    let answers = made::sheet(&rubric);
    Box::new(move || drop(black_box(score::score(black_box(&rubric), black_box(&answers)))))
}

/// Seconds of one run in the fastest round, each size by itself: a batch too is of one rubric.
fn fastest(run: &dyn Fn()) -> f64 {
    let round = |runs: u32| {
        let begun = Instant::now();
        (0..runs).for_each(|_| run());
        begun.elapsed()
    };
    let mut runs = 1;
    while round(runs) < ROUND {
        runs *= 2;
    }
    let fastest = (0..ROUNDS).map(|_| round(runs)).min().expect("there are rounds");
    fastest.as_secs_f64() / f64::from(runs)
}

fn count(size: usize) -> f64 {
    f64::from(u32::try_from(size).expect("a small number"))
}

/// Two digits that count, as people write times.
fn time(seconds: f64) -> String {
    let (number, unit) = match seconds {
        s if s < 1e-6 => (s * 1e9, "ns"),
        s if s < 1e-3 => (s * 1e6, "µs"),
        s => (s * 1e3, "ms"),
    };
    if number < 10.0 { format!("{number:.1} {unit}") } else { format!("{number:.0} {unit}") }
}

/// The frame within the picture: left, top, right, bottom.
const FRAME: [f64; 4] = [80.0, 56.0, 560.0, 400.0];

/// Criteria from left to right.
const ACROSS: (f64, f64) = (20.0, 3_000.0);

/// Seconds from the bottom up.
const UP: (f64, f64) = (1e-6, 1e-1);

fn across(criteria: f64) -> f64 {
    let [left, _, right, _] = FRAME;
    left + (right - left) * (criteria / ACROSS.0).ln() / (ACROSS.1 / ACROSS.0).ln()
}

fn up(seconds: f64) -> f64 {
    let [_, top, _, bottom] = FRAME;
    bottom - (bottom - top) * (seconds / UP.0).ln() / (UP.1 / UP.0).ln()
}

/// Both axes logarithmic: what grows with the rubric and no faster is a line parallel to the dashed ones.
fn drawn(all: &[Series]) -> String {
    let [left, top, right, bottom] = FRAME;
    let mut svg = String::from(concat!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 780 460" width="780" height="460" role="img" "##,
        r##"font-family="system-ui, sans-serif" font-size="13" fill="#161616">"##,
        "\n<title>Time to read and to score, by the number of criteria</title>\n",
        r##"<rect width="780" height="460" fill="#ffffff"/>"##,
        "\n"
    ));
    let mut put = |line: String| writeln!(svg, "{line}").expect("a text takes all");
    let text = |x: f64, y: f64, rest: &str, words: &str| format!(r#"<text x="{x:.1}" y="{y:.1}"{rest}>{words}</text>"#);
    let line = |[x1, y1, x2, y2]: [f64; 4], rest: &str| {
        format!(r#"<line x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}" {rest}/>"#)
    };
    put(text(left, 26.0, r#" font-size="16" font-weight="600""#, "Reading and scoring, by the number of criteria"));
    put(text(
        left,
        44.0,
        r##" fill="#525252""##,
        "time of one run, fastest of 150 rounds; one core, native release build",
    ));
    for criteria in [30, 100, 300, 1_000, 2_000] {
        let x = across(f64::from(criteria));
        put(line([x, top, x, bottom], r##"stroke="#e0e0e0""##));
        put(text(x, bottom + 20.0, r#" text-anchor="middle""#, &criteria.to_string()));
    }
    for (seconds, label) in
        [(1e-6, "1 µs"), (1e-5, "10 µs"), (1e-4, "100 µs"), (1e-3, "1 ms"), (1e-2, "10 ms"), (1e-1, "100 ms")]
    {
        let y = up(seconds);
        put(line([left, y, right, y], r##"stroke="#e0e0e0""##));
        put(text(left - 8.0, y + 4.0, r#" text-anchor="end""#, label));
    }
    put(line([left, bottom, right, bottom], r##"stroke="#161616""##));
    put(line([left, top, left, bottom], r##"stroke="#161616""##));
    let middle = f64::midpoint(left, right);
    put(text(middle, bottom + 44.0, r#" text-anchor="middle""#, "criteria in the rubric (logarithmic)"));
    let (x, y) = (18.0, f64::midpoint(top, bottom));
    let turned = format!(r#" text-anchor="middle" transform="rotate(-90 {x} {y})""#);
    put(text(x, y, &turned, "time of one run (logarithmic)"));
    for Series { name, colour, seconds } in all {
        let points: Vec<(f64, f64)> = SIZES.into_iter().map(count).zip(seconds.iter().copied()).collect();
        let (Some((first, least)), Some((last, most))) = (points.first().copied(), points.last().copied()) else {
            continue;
        };
        let linear = [across(first), up(least), across(last), up(least * last / first)];
        put(line(linear, r##"stroke="#8d8d8d" stroke-dasharray="5 4""##));
        let places: Vec<String> =
            points.iter().map(|(criteria, seconds)| format!("{:.1},{:.1}", across(*criteria), up(*seconds))).collect();
        put(format!(r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="2"/>"#, places.join(" ")));
        for (criteria, seconds) in &points {
            put(format!(r#"<circle cx="{:.1}" cy="{:.1}" r="3.5" fill="{colour}"/>"#, across(*criteria), up(*seconds)));
        }
        let (x, y) = (right + 12.0, up(most));
        put(text(x, y - 8.0, &format!(r#" fill="{colour}" font-weight="600""#), name));
        let ends = format!("{} at 30, {} at 2,000", time(least), time(most));
        put(text(x, y + 9.0, "", &ends));
        let each = format!("a criterion {}, {}", time(least / first), time(most / last));
        put(text(x, y + 26.0, r##" fill="#525252""##, &each));
    }
    put(text(right + 12.0, bottom + 20.0, r##" fill="#525252""##, "dashed: linear growth"));
    svg + "</svg>\n"
}
