//! Copies among many texts: 1,000 and ten times as many.

use crate::support::Numbers;
use claimgraph_intake::copy::{CopyOptions, Story, copies};
use criterion::Criterion;
use std::hint::black_box;
use std::time::Duration;

/// Returns texts of about 300 words. Each third is an earlier text without its first third and with another beginning.
fn texts(count: usize) -> Vec<String> {
    let mut numbers = Numbers::new(3);
    let mut texts: Vec<String> = Vec::with_capacity(count);
    for number in 0..count {
        let earlier = (number % 3 == 2).then(|| texts[numbers.below(number)].clone());
        let words = if earlier.is_some() { 60 } else { 300 };
        let mut text = String::new();
        for _ in 0..words {
            // Small numbers are common and large ones rare, as words are.
            let most = 1 + numbers.below(20_000);
            let word = numbers.below(most);
            text.push_str(&format!("w{word} "));
        }
        if let Some(earlier) = earlier {
            text.push_str(&earlier[earlier.len() / 3..]);
        }
        texts.push(text);
    }
    texts
}

/// Comparing texts with each other.
pub fn many(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("copies");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(800));
    for count in [1_000, 10_000] {
        let texts = texts(count);
        let keys: Vec<String> = (0..count).map(|number| format!("{number:05}")).collect();
        let stories = || keys.iter().zip(&texts).map(|(key, text)| Story::new(key, text));
        let found = copies(stories(), &CopyOptions::default()).len();
        assert!(found > count / 4, "{found} of {count}");
        group.bench_function(format!("{count} texts"), |bencher| {
            bencher.iter(|| black_box(copies(stories(), &CopyOptions::default())).len());
        });
    }
    group.finish();
}
