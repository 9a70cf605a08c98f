//! The forms of a verb phrase, by rule from its singular: "is present in", "are present in", "be present in".

use crate::model::value::stance::Modality;

/// The form of a verb phrase in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mood {
    /// "deploys to": it is so.
    Indicative,
    /// "deploy to": somebody demands that it be so.
    Subjunctive,
    /// "to deploy to".
    Infinitive,
    /// "is to deploy to": it is planned.
    Planned,
    /// "will deploy to": it is expected.
    Future,
    /// "should deploy to": it is wanted.
    Wanted,
    /// "would deploy to": it is threatened or imagined.
    Conditional,
}

impl Mood {
    /// Returns the mood for a statement of this modality.
    pub(crate) fn of(modality: Modality) -> Self {
        match modality {
            Modality::Actual | Modality::Committed => Mood::Indicative,
            Modality::Planned => Mood::Planned,
            Modality::Expected => Mood::Future,
            Modality::Desired => Mood::Wanted,
            Modality::Hypothetical => Mood::Conditional,
        }
    }
}

/// Returns the plural of a verb phrase: "deploys to" gives "deploy to", "is in" gives "are in".
pub(crate) fn plural(phrase: &str) -> String {
    inflected(phrase, |verb| match verb {
        "is" => Some("are".to_owned()),
        "was" => Some("were".to_owned()),
        verb => without_s(verb),
    })
}

/// Returns the base form of a verb phrase, which demands take: "is in" gives "be in".
pub(crate) fn base(phrase: &str) -> String {
    inflected(phrase, |verb| match verb {
        "is" | "was" | "are" | "were" => Some("be".to_owned()),
        verb => without_s(verb),
    })
}

/// Changes the verb of the phrase: the first word that is not an adverb.
fn inflected(phrase: &str, change: impl Fn(&str) -> Option<String>) -> String {
    let mut start = 0;
    for word in phrase.split_inclusive(' ') {
        let verb = word.trim_end();
        if !verb.ends_with("ly") {
            let end = start + verb.len();
            let (before, after) = (phrase.get(..start), phrase.get(end..));
            return match (before, change(verb), after) {
                (Some(before), Some(verb), Some(after)) => format!("{before}{verb}{after}"),
                _ => phrase.to_owned(),
            };
        }
        start += word.len();
    }
    phrase.to_owned()
}

/// Returns the verb without the ending of the third person. If the word does not have the ending, it is `None`.
fn without_s(verb: &str) -> Option<String> {
    let short = |ending: &str, instead: &str| {
        verb.strip_suffix(ending).map(|stem| format!("{stem}{instead}"))
    };
    match verb {
        "has" => return Some("have".to_owned()),
        // Verbs that end in s already: the rule would take "focuses" for "causes".
        "focuses" | "biases" | "canvasses" => return short("es", ""),
        "dies" | "lies" | "ties" | "vies" => return short("s", ""),
        _ => {}
    }
    let hissing = ["sses", "shes", "ches", "xes", "zzes", "oes"];
    if verb.ends_with("ies") {
        short("ies", "y")
    } else if hissing.iter().any(|ending| verb.ends_with(ending)) {
        short("es", "")
    } else if ["ss", "us", "is"].iter().any(|ending| verb.ends_with(ending)) {
        None
    } else {
        short("s", "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::reporting;

    #[test]
    fn the_verbs_of_other_vocabularies_have_forms() {
        for (singular, many, bare) in [
            ("carries", "carry", "carry"),
            ("does", "do", "do"),
            ("goes to", "go to", "go to"),
            ("teaches", "teach", "teach"),
            ("passes", "pass", "pass"),
            ("vetoes", "veto", "veto"),
            ("fixes", "fix", "fix"),
            ("pushes", "push", "push"),
            ("uses", "use", "use"),
            ("ties", "tie", "tie"),
            ("pays", "pay", "pay"),
            ("is at", "are at", "be at"),
            ("was at", "were at", "be at"),
            ("has", "have", "have"),
            ("openly supports", "openly support", "openly support"),
            ("can reach", "can reach", "can reach"),
            ("knew", "knew", "knew"),
            ("", "", ""),
        ] {
            assert_eq!((plural(singular), base(singular)), (many.into(), bare.into()));
        }
    }

    /// All relations of reporting: singular, plural and base.
    const FORMS: &[(&str, &str, &str)] = &[
        ("is present in", "are present in", "be present in"),
        ("deploys to", "deploy to", "deploy to"),
        ("is distributed across", "are distributed across", "be distributed across"),
        ("is positioned at", "are positioned at", "be positioned at"),
        ("withdraws from", "withdraw from", "withdraw from"),
        ("commits troops to", "commit troops to", "commit troops to"),
        ("conducts operations in", "conduct operations in", "conduct operations in"),
        ("trains in", "train in", "train in"),
        ("provides training to", "provide training to", "provide training to"),
        ("provides aid to", "provide aid to", "provide aid to"),
        ("recruits", "recruit", "recruit"),
        ("has a treaty with", "have a treaty with", "have a treaty with"),
        ("is allied with", "are allied with", "be allied with"),
        ("cooperates with", "cooperate with", "cooperate with"),
        ("meets", "meet", "meet"),
        ("briefs", "brief", "brief"),
        ("attacks", "attack", "attack"),
        ("sanctions", "sanction", "sanction"),
        (
            "suppresses information about",
            "suppress information about",
            "suppress information about",
        ),
        ("forcibly relocates", "forcibly relocate", "forcibly relocate"),
        ("isolates", "isolate", "isolate"),
        ("detects", "detect", "detect"),
        ("suffers", "suffer", "suffer"),
        ("causes casualties", "cause casualties", "cause casualties"),
        ("is involved in", "are involved in", "be involved in"),
        ("responds to", "respond to", "respond to"),
        ("was filed from", "were filed from", "be filed from"),
        ("speaks from", "speak from", "speak from"),
        ("holds the office", "hold the office", "hold the office"),
        ("heads", "head", "head"),
        ("is a member of", "are members of", "be a member of"),
        ("has the purpose", "have the purpose", "have the purpose"),
        ("focuses on", "focus on", "focus on"),
        ("is evidence for", "are evidence for", "be evidence for"),
        ("indicates", "indicate", "indicate"),
        ("reflects", "reflect", "reflect"),
        ("understood", "understood", "understand"),
        ("is rated for", "are rated for", "be rated for"),
        ("understands", "understand", "understand"),
        ("formalises", "formalise", "formalise"),
        ("takes place", "take place", "take place"),
        ("begins", "begin", "begin"),
        ("is completed", "are completed", "be completed"),
        ("counts", "count", "count"),
    ];

    #[test]
    fn each_relation_of_reporting_has_its_forms() {
        let forms = |def: &crate::model::vocabulary::RelationDef| {
            (def.verb(), def.plural_verb(), def.base_verb())
        };
        let found: Vec<_> = reporting::vocabulary().relations().map(forms).collect();
        let expected: Vec<_> =
            FORMS.iter().map(|&(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())).collect();
        assert_eq!(found, expected);
    }
}
