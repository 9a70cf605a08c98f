//! A briefing: a title and sections of items, which are written in several forms. Names come from files of others, so
//! each form escapes them.

use crate::output::LINE;
use claimgraph::format::clipped;
use claimgraph::view::View;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::fmt::Display;

/// The contents of a view, section by section.
pub struct Briefing {
    title: String,
    sections: Vec<Section>,
}

/// A heading, and items of one or more lines. The later lines of an item belong to its first line.
struct Section {
    heading: &'static str,
    items: Vec<Vec<String>>,
}

impl Section {
    fn of<T: Display>(heading: &'static str, items: impl IntoIterator<Item = T>) -> Self {
        let lines = |item: T| {
            let text = item.to_string();
            text.lines().map(|line| clipped(line.trim(), LINE)).collect()
        };
        Self { heading, items: items.into_iter().map(lines).collect() }
    }
}

impl Briefing {
    /// Makes the briefing of a view of the file with this name. Sections without items are left out.
    pub fn of(name: &str, view: &View<'_>) -> Self {
        let mut statements = view.statements().to_vec();
        statements.sort_by_cached_key(|statement| Reverse(statement.summary().sources));
        let statements = statements.iter().map(|statement| {
            let query = statement.query();
            let mut text = format!("{statement}\n{}", query.independence());
            for response in &query.against() {
                text += &format!("\nagainst: {response}");
            }
            text
        });
        let mut sections = vec![
            Section::of("What is said", statements),
            Section::of("Figures that differ", view.figure_conflicts()),
            Section::of("Contested", view.contested()),
            Section::of("Revised", view.revisions()),
            Section::of("Demands, threats, forecasts", view.watch().iter()),
            Section::of("Timeline", view.timeline()),
            Section::of("In their own words", view.quotations()),
        ];
        sections.retain(|section| !section.items.is_empty());
        let title = format!("{}: {} claims", clipped(name, 200), view.claims().count());
        Self { title, sections }
    }

    /// Returns the briefing as plain text.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.title);
        for Section { heading, items } in &self.sections {
            text += &format!("\n{}\n", heading.to_uppercase());
            for line in items.iter().flat_map(|item| indented(item)) {
                text += &format!("  {line}\n");
            }
        }
        text
    }

    /// Returns the briefing as Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", markdown_escaped(&self.title));
        for Section { heading, items } in &self.sections {
            text += &format!("\n## {heading}\n\n");
            for item in items {
                for (number, line) in item.iter().enumerate() {
                    let indent = if number == 0 { "" } else { "  " };
                    text += &format!("{indent}* {}\n", markdown_escaped(line));
                }
            }
        }
        text
    }

    /// Returns the briefing as one HTML page without scripts. Its policy forbids to load anything.
    pub fn html(&self) -> String {
        let title = html_escaped(&self.title);
        let mut page = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
             <title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n"
        );
        for Section { heading, items } in &self.sections {
            page += &format!("<h2>{heading}</h2>\n<ul>\n");
            for item in items {
                let lines: Vec<String> = item.iter().map(|line| html_escaped(line)).collect();
                page += &format!("<li>{}</li>\n", lines.join("<br>\n"));
            }
            page += "</ul>\n";
        }
        page + "</body>\n</html>\n"
    }

    /// Returns the briefing as one JSON object.
    pub fn json(&self) -> Value {
        let section = |it: &Section| json!({ "heading": it.heading, "items": it.items });
        let sections: Vec<Value> = self.sections.iter().map(section).collect();
        json!({ "title": self.title, "sections": sections })
    }
}

fn indented(item: &[String]) -> impl Iterator<Item = String> {
    let indent = |number| if number == 0 { "" } else { "  " };
    item.iter().enumerate().map(move |(number, line)| format!("{}{line}", indent(number)))
}

fn html_escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            other => escaped.push(other),
        }
    }
    escaped
}

/// Puts a backslash before every sign that Markdown could read as markup, a list or a link.
fn markdown_escaped(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut escaped = String::with_capacity(text.len());
    for (place, character) in text.char_indices() {
        let rest = text.get(place..).unwrap_or_default();
        let begins_list = match character {
            '+' | '-' | '=' => place == 0,
            '.' | ')' => place == digits,
            _ => false,
        };
        let before = place.checked_sub(3).and_then(|start| text.get(start..place));
        let after_www = before.is_some_and(|before| before.eq_ignore_ascii_case("www"));
        let begins_link = rest.starts_with("://") || (character == '.' && after_www);
        if begins_list || begins_link || "\\`*_[]<>#|~&$!@".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{html_escaped, markdown_escaped};

    #[test]
    fn no_markup_survives_in_markdown() {
        for (text, escaped) in [
            ("[a](b) *c* `d` <e>", r"\[a\](b) \*c\* \`d\` \<e\>"),
            ("- a - b", r"\- a - b"),
            ("12. a 3.5", r"12\. a 3.5"),
            ("see https://a.b and WWW.a.b", r"see https\://a.b and WWW\.a.b"),
            ("a@b.c \\ | ~ #", r"a\@b.c \\ \| \~ \#"),
        ] {
            assert_eq!(markdown_escaped(text), escaped);
        }
    }

    #[test]
    fn no_markup_survives_in_html() {
        assert_eq!(
            html_escaped("<a b=\"c\" d='e'>&"),
            "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;"
        );
    }
}
