//! The wires that texts name, in their forms.

use claimgraph::{ClaimGraph, date, reporting::*};
use claimgraph_intake::copy::{BylineForm, bylines};

#[test]
fn each_form_of_byline_is_read() {
    use BylineForm::{AfterDash, BeforeDash, Bracketed, Credited, OwnLine};
    for (text, wire, form) in [
        ("LONDON (Reuters) - The port closed.", "Reuters", Bracketed),
        ("SEOUL, Oct. 24 (Yonhap) -- The port closed.", "Yonhap", Bracketed),
        ("BERLIN (dpa) — Der Hafen ist zu.", "Deutsche Presse-Agentur", Bracketed),
        ("MOSCOW, October 24. /TASS/. The port closed.", "TASS", Bracketed),
        ("The port closed. [AP]", "Associated Press", Bracketed),
        ("By The Associated Press\nThe port closed.", "Associated Press", Credited),
        ("The port closed.\nSource: Xinhua", "Xinhua", Credited),
        ("Der Hafen ist zu.\nQuelle: dpa", "Deutsche Presse-Agentur", Credited),
        ("Der Hafen ist zu.\nMit Material von AFP.", "Agence France-Presse", Credited),
        ("Le port est fermé (avec AFP)", "Agence France-Presse", Credited),
        ("Le port est fermé.\nSource : AFP", "Agence France-Presse", Credited),
        ("El puerto cerró.\nFuente: EFE", "EFE", Credited),
        ("The port closed.\n© 2024 AFP", "Agence France-Presse", Credited),
        ("The port closed.\nCopyright 2024 The Associated Press.", "Associated Press", Credited),
        ("Порт закрыт.\nИсточник: Интерфакс", "Interfax", Credited),
        ("По материалам РИА Новости\nПорт закрыт.", "RIA Novosti", Credited),
        ("THE PORT CLOSES\nAP\nShips wait.", "Associated Press", OwnLine),
        ("The port closed. — Interfax", "Interfax", AfterDash),
        ("МОСКВА, 24 окт - РИА Новости. Порт закрыт.", "RIA Novosti", AfterDash),
        ("AFP – Le port est fermé.", "Agence France-Presse", BeforeDash),
        ("Reuters: the port closed.", "Reuters", BeforeDash),
    ] {
        let found = bylines(text);
        let found: Vec<_> = found.iter().map(|byline| (byline.wire(), byline.form())).collect();
        assert_eq!(found, [(wire, form)], "{text}");
    }
}

#[test]
fn a_wire_in_a_sentence_is_not_a_byline() {
    for text in [
        "The port closed, Reuters reported on Tuesday.",
        "She told AFP that the port had closed.",
        "The AP stylebook says otherwise.",
        "She spoke with Reuters before the vote.",
        "She spoke with Reuters.",
        "It was taken from AP.",
        "Nach Angaben von dpa ist der Hafen zu.",
        "A map (Reuters has more) shows the port.",
        "APA and epdm are not names; MAPS neither. PAPER",
        "",
        "\n\n",
    ] {
        assert_eq!(bylines(text), [], "{text}");
    }
}

#[test]
fn a_list_names_each_wire() {
    let found = bylines("Der Hafen ist zu.\n(dpa/AFP, Reuters)");
    let wires: Vec<&str> = found.iter().map(|byline| byline.text()).collect();
    assert_eq!(wires, ["dpa", "AFP", "Reuters"]);
}

#[test]
fn only_the_beginning_and_the_end_of_a_text_are_read() {
    let filler = "The port closed. ".repeat(60);
    assert_eq!(bylines(&format!("{filler}(Reuters) {filler}")), []);
    assert_eq!(bylines(&format!("{filler}\n(Reuters)")).len(), 1);
    assert_eq!(bylines(&format!("é(Reuters) {}", "é".repeat(400))).len(), 1);
}

#[test]
fn a_byline_becomes_a_lineage_to_the_wire() {
    let text = "LONDON (Reuters) - The port closed.";
    let mut graph = ClaimGraph::new();
    let story = graph.add_document("story", date(2024, 6, 4)).unwrap();
    let wire = graph.add(Wire, "reuters").unwrap();
    let byline = &bylines(text)[0];
    let span = byline.span();
    assert_eq!(&text[span.start as usize..span.end as usize], byline.text());
    let link = graph.add_lineage(byline.lineage(story, wire)).unwrap();
    assert_eq!(graph.lineage(link).map(|lineage| lineage.source()), Some(wire.id()));
}
