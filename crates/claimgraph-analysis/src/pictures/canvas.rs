//! The canvas of all pictures: shapes and lines of text go in, SVG 1.1 text comes out.
//!
//! A picture is one file, without fonts, scripts or links from outside, readable on light and dark paper
//! (`prefers-color-scheme`), with a title and a description for readers that do not see it. The width of a text is
//! estimated from above, whatever common font it is shown in; a longer line is broken or shortened. Equal input
//! gives equal bytes.

use std::fmt::Write;

/// The classes that drawings use.
const STYLE: &str = "\
.paper{fill:#fff}.ink{fill:#1f2328}.muted{fill:#59636e}.line{stroke:#d1d9e0;stroke-width:1}\
.band{fill:#f6f8fa}.mark{fill:#0969da;stroke:#0969da;stroke-width:1.5}\
.open{fill:#fff;stroke:#0969da;stroke-width:1.5;stroke-dasharray:4 3}\
.range{fill:#54aeff;fill-opacity:.45;stroke:#0969da;stroke-width:1.5}\
.dashed{stroke-dasharray:4 3}.rule{stroke:#0969da;stroke-width:2}.faded{opacity:.55}\
.turn{stroke:#bc4c00;stroke-width:1.5;fill:none}.head{fill:#bc4c00}\
text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-size:13px}\
.small{font-size:11px}.strong{font-weight:600}\
@media(prefers-color-scheme:dark){.paper{fill:#0d1117}.ink{fill:#e6edf3}.muted{fill:#9198a1}\
.line{stroke:#3d444d}.band{fill:#151b23}.mark{fill:#4493f8;stroke:#4493f8}.open{fill:#0d1117;stroke:#4493f8}\
.range{fill:#1f6feb;stroke:#4493f8}.rule{stroke:#4493f8}.turn{stroke:#f0883e}.head{fill:#f0883e}}";

/// A drawing that grows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Svg {
    body: String,
}

/// Returns the text with the characters escaped that markup reserves, and without those that XML forbids.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Returns whether the character can turn the rest of a line around.
fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the text on one line, as it is shown: blanks become one blank, control and bidirectional characters
/// become their numbers, and of marks piled on one letter three stay.
fn shown(text: &str) -> String {
    let mut out = String::new();
    let mut piled = 0;
    for c in text.chars() {
        piled = if width(c) == 0.0 { piled + 1 } else { 0 };
        match c {
            c if c.is_whitespace() && out.ends_with(' ') => {}
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() || is_bidirectional(c) => out.extend(c.escape_unicode()),
            c if piled <= 3 => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Returns how wide a character is at most, in parts of the size of the font.
fn width(c: char) -> f64 {
    match c {
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}' => 0.0,
        '\u{64b}'..='\u{65f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' => 0.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | ' '
        | 'f' | 't' | 'r' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '\u{2026}' | '\u{2014}' => 1.0,
        'A'..='Z' | '&' | '<' | '>' | '+' | '=' => 0.76,
        '\0'..='\u{2ff}' => 0.62,
        '\u{370}'..='\u{5ff}' | '\u{600}'..='\u{6ff}' | '\u{2000}'..='\u{206f}' => 0.8,
        _ => 1.25,
    }
}

/// Returns how wide the text is at most, in pixels.
pub(crate) fn extent(text: &str, size: f64) -> f64 {
    text.chars().map(width).sum::<f64>() * size
}

/// Returns the text in at most `most` lines of this width. If it does not fit, it ends in "…".
pub(crate) fn lines(text: &str, size: f64, wide: f64, most: usize) -> Vec<String> {
    let text = shown(text);
    let mut lines: Vec<String> = vec![String::new()];
    let mut cut = false;
    for word in text.split(' ') {
        let fits =
            |line: &str, more: &str| extent(line, size) + extent(more, size) + 0.42 * size <= wide;
        let last = lines.last().cloned().unwrap_or_default();
        if last.is_empty() && fits("", word) || !last.is_empty() && fits(&last, word) {
            if let Some(line) = lines.last_mut() {
                line.push_str(if line.is_empty() { "" } else { " " });
                line.push_str(word);
            }
            continue;
        }
        if !last.is_empty() {
            lines.push(String::new());
        }
        // A word longer than a line is broken where it must be, never before a mark of the letter.
        let mut at = 0.0;
        for c in word.chars() {
            let next = width(c) * size;
            if at + next > wide && next > 0.0 && lines.last().is_some_and(|line| !line.is_empty()) {
                lines.push(String::new());
                at = 0.0;
            }
            at += next;
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
            if lines.len() > most {
                break;
            }
        }
        if lines.len() > most {
            cut = true;
            break;
        }
    }
    if lines.len() > most || cut {
        lines.truncate(most);
        if let Some(line) = lines.last_mut() {
            while !line.is_empty() && extent(line, size) + size > wide {
                line.pop();
            }
            line.truncate(line.trim_end().len());
            line.push('\u{2026}');
        }
    }
    lines
}

/// Returns a coordinate, to a tenth of a pixel.
fn px(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

impl Svg {
    // Writing to a String does not fail.
    fn put(&mut self, element: std::fmt::Arguments<'_>) {
        let _ = self.body.write_fmt(element);
        self.body.push('\n');
    }

    pub(crate) fn rect(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        (wide, high): (f64, f64),
        round: f64,
    ) {
        let (x, y, wide, high, round) = (px(x), px(y), px(wide), px(high), px(round));
        self.put(format_args!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{wide}" height="{high}" rx="{round}"/>"#
        ));
    }

    pub(crate) fn line(&mut self, class: &str, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) {
        let (x, y, to_x, to_y) = (px(x), px(y), px(to_x), px(to_y));
        self.put(format_args!(
            r#"<line class="{class}" x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}"/>"#
        ));
    }

    pub(crate) fn dot(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        self.put(format_args!(
            r#"<circle class="{class}" cx="{}" cy="{}" r="{}"/>"#,
            px(x),
            px(y),
            px(radius)
        ));
    }

    /// Draws a closed shape through these points.
    pub(crate) fn shape(&mut self, class: &str, points: &[(f64, f64)]) {
        let points: Vec<String> =
            points.iter().map(|&(x, y)| format!("{},{}", px(x), px(y))).collect();
        self.put(format_args!(r#"<polygon class="{class}" points="{}"/>"#, points.join(" ")));
    }

    /// Writes one line of text; `anchor` is start, middle or end. It reads on its own, whatever its script.
    pub(crate) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: &str, text: &str) {
        let (x, y, text) = (px(x), px(y), escaped(&shown(text)));
        self.put(format_args!(
            r#"<text class="{class}" x="{x}" y="{y}" text-anchor="{anchor}" direction="ltr" unicode-bidi="isolate">{text}</text>"#
        ));
    }

    /// Begins a group that ends with [`end`](Self::end) and has this title.
    pub(crate) fn group(&mut self, title: &str) {
        self.put(format_args!("<g><title>{}</title>", escaped(&shown(title))));
    }

    pub(crate) fn end(&mut self) {
        self.put(format_args!("</g>"));
    }

    /// Adds everything of another drawing, on top.
    pub(crate) fn absorb(&mut self, other: Svg) {
        self.body.push_str(&other.body);
    }

    /// Returns the whole file.
    pub(crate) fn finished(
        self,
        (wide, high): (f64, f64),
        title: &str,
        description: &str,
    ) -> String {
        let (wide, high) = (px(wide), px(high));
        let (title, description) = (escaped(&shown(title)), escaped(&shown(description)));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" \
             role=\"img\" aria-labelledby=\"title description\">\n\
             <title id=\"title\">{title}</title>\n<desc id=\"description\">{description}</desc>\n\
             <style>{STYLE}</style>\n<rect class=\"paper\" width=\"{wide}\" height=\"{high}\"/>\n{}</svg>\n",
            self.body
        )
    }
}

/// Returns "1 event", "2 events".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_turned_text_stay_text() {
        let mut svg = Svg::default();
        svg.text(
            "ink",
            (0.0, 0.0),
            "start",
            "</text><script>alert('x')</script>\u{202e}\u{0}\u{ffff}",
        );
        let file = svg.finished((10.0, 10.0), "a & b", "\"c\"");
        assert!(!file.contains("<script") && !file.contains('\u{202e}') && !file.contains('\u{0}'));
        assert!(
            file.contains("&lt;script&gt;")
                && file.contains("\\u{202e}")
                && file.contains("a &amp; b")
        );
    }

    #[test]
    fn no_line_is_wider_than_it_may_be() {
        for text in [
            "short",
            "two words",
            &"x".repeat(5_000),
            &"long words ".repeat(300),
            &"\u{5e9}".repeat(90),
            "",
        ] {
            for wide in [60.0, 200.0, 400.0] {
                let lines = lines(text, 13.0, wide, 3);
                assert!(
                    lines.len() <= 3 && lines.iter().all(|line| extent(line, 13.0) <= wide),
                    "{lines:?}"
                );
            }
        }
        assert_eq!(lines("a bb", 10.0, 400.0, 2), ["a bb"]);
        assert!(lines(&"word ".repeat(90), 13.0, 100.0, 2).last().unwrap().ends_with('\u{2026}'));
        // Marks piled on one letter are cut down.
        assert!(shown(&format!("a{}", "\u{301}".repeat(1_000))).chars().count() <= 5);
    }
}
