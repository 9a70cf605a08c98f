//! Writes XML for GraphML and GEXF: it checks that XML can hold the texts of a view, and writes the elements.

use crate::field_table::{Field, Holds};
use crate::graphs::edge_list::Drawing;
use crate::graphs::xml_reader::unfit;
use claimgraph::View;
use claimgraph::format::{Losses, WriteError, excerpt};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, Write};

/// The XML writer of a file.
pub(super) type Xml<'o> = Writer<&'o mut dyn Write>;

/// Writes a view as one element with these attributes and what `content` puts in it. If XML cannot hold one of
/// its texts, nothing is written.
pub(super) fn write(
    (format, root): (&'static str, &str),
    attributes: &[(&str, &str)],
    view: View<'_>,
    output: &mut dyn Write,
    content: fn(&Drawing<'_>, &mut Xml<'_>) -> io::Result<()>,
) -> Result<Losses, WriteError> {
    let drawing = Drawing::of(view);
    drawing.each_text(&mut |whose, what, text| check(format, whose, what, text))?;
    check(format, "the graph", "vocabulary", &drawing.vocabulary())?;
    let mut writer = Writer::new_with_indent(output, b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    within(&mut writer, root, attributes, |writer| content(&drawing, writer))?;
    let output = writer.into_inner();
    output.write_all(b"\n")?;
    output.flush()?;
    Ok(drawing.losses)
}

/// Writes an element that holds elements.
pub(super) fn within(
    writer: &mut Xml<'_>,
    name: &str,
    attributes: &[(&str, &str)],
    content: impl FnOnce(&mut Xml<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let element = writer.create_element(name).with_attributes(attributes.iter().copied());
    element.write_inner_content(content).map(drop)
}

/// Writes an element that holds a text.
pub(super) fn text(
    writer: &mut Xml<'_>,
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
) -> io::Result<()> {
    let element = writer.create_element(name).with_attributes(attributes.iter().copied());
    element.write_text_content(BytesText::new(text)).map(drop)
}

/// Writes an empty element.
pub(super) fn empty(
    writer: &mut Xml<'_>,
    name: &str,
    attributes: &[(&str, &str)],
) -> io::Result<()> {
    let element = writer.create_element(name).with_attributes(attributes.iter().copied());
    element.write_empty().map(drop)
}

/// Returns the type of a field, by the name that both formats use.
pub(super) fn type_of(field: &Field) -> &'static str {
    match field.holds {
        Holds::Flag => "boolean",
        Holds::Whole => "long",
        Holds::Number => "double",
        _ => "string",
    }
}

/// Refuses a text that XML cannot hold.
fn check(format: &'static str, whose: &str, what: &str, text: &str) -> Result<(), WriteError> {
    let Some(wrong) = unfit(text) else { return Ok(()) };
    let what = format!("U+{:04X}, in the {what} of \"{}\"", u32::from(wrong), excerpt(whose));
    Err(WriteError::CannotHold { format, what })
}
