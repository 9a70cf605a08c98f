//! Quotations located in a text of 1 MB.

use crate::support::Numbers;
use claimgraph_intake::quotation::PreparedText;
use criterion::Criterion;
use std::hint::black_box;
use std::time::Duration;

/// Returns a text of 1 MB in sentences of made-up words, with curly apostrophes and line ends.
fn text(syllables: &[&str]) -> String {
    let mut numbers = Numbers::new(11);
    let mut text = String::new();
    while text.len() < 1 << 20 {
        for place in 0..12 {
            for _ in 0..1 + numbers.below(3) {
                text.push_str(syllables[numbers.below(syllables.len())]);
            }
            text.push_str(
                ["\u{2019}s ", ", ", "\n", " "][if place % 4 == 3 { numbers.below(4) } else { 3 }],
            );
        }
        text.push_str(". ");
    }
    text
}

/// Preparing a text, and finding 10 words that stand in its middle, stand there evened out, stand there in two parts, or
/// nearly stand there.
pub fn quotations(criterion: &mut Criterion) {
    let latin =
        text(&["ka", "lo", "min", "te", "ras", "ve", "dor", "i", "shu", "pel", "nor", "at"]);
    let cyrillic =
        text(&["ка", "ло", "мин", "те", "рас", "ве", "дор", "и", "шу", "пел", "нор", "ат"]);
    let mut group = criterion.benchmark_group("quotations in 1 MB");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    for (script, text) in [("latin", &latin), ("cyrillic", &cyrillic)] {
        group.bench_function(format!("prepare, {script}"), |bencher| {
            bencher.iter(|| black_box(PreparedText::of(text)));
        });
        let prepared = PreparedText::of(text);
        let middle = text.len() / 2;
        let middle = (middle..)
            .find(|&at| text.is_char_boundary(at) && text[at..].starts_with(' '))
            .unwrap();
        let words: Vec<&str> = text[middle..].split_whitespace().take(10).collect();
        let exact = &text[middle..text[middle..].find(words[9]).unwrap() + middle + words[9].len()];
        let evened = words.join("  ").to_uppercase();
        let parts = format!("{} ... {}", words[..4].join(" "), words[7..].join(" "));
        let near = format!("{} x {}", words[..4].join(" "), words[5..].join(" "));
        for (fit, words) in
            [("exact", exact), ("evened", &evened), ("in parts", &parts), ("nearest", &near)]
        {
            assert_ne!(prepared.find(words).unwrap().to_string(), "nowhere");
            group.bench_function(format!("{fit}, {script}"), |bencher| {
                bencher.iter(|| black_box(prepared.find(words)).is_ok());
            });
        }
    }
    group.finish();
}
