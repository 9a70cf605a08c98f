//! Methods that answer the same thing must not disagree. `docs/TESTING.md` lists them, with those that other files hold.

use super::*;
use claimgraph::questions::{Effect, MentionRole, WatchKind, WatchState};
use claimgraph::sources::Facet;
use claimgraph::{StatementQuery, View, claim::Bearing};

fn ids<'g>(claims: impl IntoIterator<Item = claimgraph::ClaimRef<'g>>) -> Set {
    claims.into_iter().map(|claim| claim.id()).collect()
}

/// A view of each kind that the methods treat apart.
fn look<'g>(built: &'g Built, as_of: Option<u8>, kind: u8) -> View<'g> {
    let ask = Ask { as_of, including_retracted: kind == 1, ..Ask::default() };
    let view = ask.view(built);
    match kind {
        2 => view.including_possible(),
        3 => view.including_superseded(),
        4 => view.excluding_source(built.entities[0]),
        5 => view.latest_per_speaker(),
        _ => view,
    }
}

/// A question, picked as `question` does.
type Picks = (prop::sample::Index, prop::sample::Index, (bool, bool), bool, Option<(u8, u8)>);

fn picks(n: usize) -> impl Strategy<Value = Vec<Picks>> {
    let window = prop::option::weighted(0.4, (0..20u8, 0..20u8));
    prop::collection::vec((index(), index(), any::<(bool, bool)>(), any::<bool>(), window), n)
}

fn ask<'g>(built: &Built, view: &View<'g>, picks: &Picks) -> Option<StatementQuery<'g>> {
    let (pick, general, wider, figure, window) = picks;
    let (asked, period) = question(built, pick, general, *wider, *figure, *window)?;
    let relation = built.graph.relation(RELS[asked.relation].key).expect("declared");
    let (subject, object) = (built.entities[asked.subject], built.entities[asked.object]);
    let mut query = view.statement(subject, relation, object);
    if let Some(n) = asked.quantity {
        query = query.quantity(Quantity::stated(n, "soldiers"));
    }
    if let Some(period) = period {
        query = query.valid(period);
    }
    Some(query)
}

/// Two claims that are in conflict, and how surely.
/// Each two claims of the two sides.
fn pairs_of(it: &claimgraph::questions::Disagreement<'_>) -> Vec<(BTreeSet<ClaimId>, Answer)> {
    let [one, other] = it.sides();
    let each = one.iter().flat_map(|a| other.iter().map(|b| BTreeSet::from([a.id(), b.id()])));
    each.filter(|pair| pair.len() == 2).map(|pair| (pair, it.certain())).collect()
}

/// A claim, or the one that it revises in the end, or on the way there the first that will do.
fn followed<'b>(built: &'b Built, row: &Row, until: impl Fn(&Row) -> bool) -> &'b Row {
    let mut at = built.row(row.spec).expect("on record");
    while at.stance == Stance::Revises && !until(at) {
        match at.targets.first().and_then(|(spec, firm)| built.row(*spec).filter(|_| *firm)) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// The claim whose statement a claim makes: itself, or what it revises in the end.
fn base<'b>(built: &'b Built, row: &Row) -> Option<&'b Row> {
    Some(followed(built, row, |it| it.says.is_some())).filter(|it| it.says.is_some())
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn what_is_asserted_summed_up_and_counted_goes_by_the_same_backing(
        world in worlds(5..25), as_of in as_of(), kind in 0..6u8, asked in picks(4),
    ) {
        let built = world.build();
        let view = look(&built, as_of, kind);
        for picks in &asked {
            let Some(query) = ask(&built, &view, picks) else { continue };
            let (backing, against, responses) = (query.backing(), query.against(), query.responses());
            let current = |it: &&claimgraph::questions::Response<'_>| !it.is_superseded();
            let surely = backing.iter().filter(current).any(|it| it.in_time() == Answer::Yes);
            prop_assert_eq!(query.is_asserted() == Answer::Yes, surely);
            let perhaps = backing.iter().any(|it| !it.is_superseded());
            prop_assert!(!perhaps || query.is_asserted() != Answer::No);

            let counted = |it: &&claimgraph::questions::Response<'_>| {
                current(it) && (it.in_time() == Answer::Yes || kind == 2)
            };
            let counted: Vec<_> = backing.iter().filter(counted).collect();
            let contesting: Vec<Answer> = against.bearing(Bearing::Contests).map(|it| it.certain()).collect();
            let (summary, independence, figures) = (query.summary(), query.independence(), query.figures());
            prop_assert_eq!(summary.asserted, query.is_asserted());
            prop_assert_eq!((summary.claims_for, summary.claims_against), (counted.len(), contesting.len()));
            prop_assert_eq!(summary.contested, contesting.into_iter().max().unwrap_or(Answer::No));
            prop_assert_eq!((summary.sources, summary.sources_at_most), (independence.count(), independence.at_most()));
            let told: BTreeSet<String> = figures.current().map(ToString::to_string).collect();
            prop_assert_eq!(summary.figures, told.into_iter().collect::<Vec<_>>());

            // Evidence is the part of what is counted that adds it.
            let evidence: Set = counted.iter().filter(|it| it.adds_evidence()).map(|it| it.claim().id()).collect();
            prop_assert_eq!(independence.claims().iter().copied().collect::<Set>(), evidence.clone());
            prop_assert_eq!(view.independence_of(evidence).count(), independence.count());
            // All responses are those for and those against.
            let both: Vec<(ClaimId, Answer)> = backing.iter().chain(against.iter()).map(|it| (it.claim().id(), it.certain())).collect();
            let mut all: Vec<(ClaimId, Answer)> = responses.iter().map(|it| (it.claim().id(), it.certain())).collect();
            let mut both = both;
            all.sort();
            both.sort();
            prop_assert_eq!(all, both);
            prop_assert_eq!(backing.certain().count() + backing.possible().count(), backing.iter().filter(current).count());
            // Nothing is both for a question and a mere mention of it.
            let mentions: Set = ids(query.mentions().iter().copied());
            prop_assert!(mentions.is_disjoint(&backing.claims().into_iter().collect()));
        }
    }

    #[test]
    fn the_numbers_of_sources_are_the_sizes_of_their_cuts(
        world in worlds(5..20), as_of in as_of(), kind in 0..6u8, asked in picks(3), counting in any::<bool>(),
    ) {
        let built = world.build();
        let view = look(&built, as_of, kind);
        for picks in &asked {
            let Some(query) = ask(&built, &view, picks) else { continue };
            let mut independence = query.independence();
            if counting {
                independence = independence.counting_documents();
            }
            prop_assert_eq!(independence.count(), independence.cut().len());
            prop_assert_eq!(independence.at_most(), independence.widest_cut().len());
            let all = independence.all_cuts(10_000);
            let sorted = |cut: &[claimgraph::sources::Party]| {
                let mut cut: Vec<String> = cut.iter().map(|party| format!("{party:?}")).collect();
                cut.sort();
                cut
            };
            let smallest: BTreeSet<_> = all.iter().map(|cut| sorted(cut)).collect();
            prop_assert_eq!(smallest.len(), all.len(), "each once");
            prop_assert!(all.iter().all(|cut| cut.len() == independence.at_most()));
            prop_assert!(independence.at_most() == 0 || smallest.contains(&sorted(independence.widest_cut())));
            let minimal = independence.minimal_cuts(independence.at_most(), 10_000);
            prop_assert_eq!(minimal.iter().map(|cut| sorted(cut)).collect::<BTreeSet<_>>(), smallest);
            // Corroboration of the relation between the parties stands on the same claims, if nothing else is asked for.
            let (pick, general, wider, ..) = picks;
            let Some(plain) = ask(&built, &view, &(*pick, *general, *wider, false, None)) else { continue };
            let parts = plain.corroboration();
            let whole = parts.facet(&Facet::Participants).expect("always asked for");
            let (a, b) = (plain.independence(), whole.independence());
            prop_assert_eq!((a.count(), a.at_most(), a.claims()), (b.count(), b.at_most(), b.claims()));
            prop_assert_eq!(plain.credibility(&Default::default()).proof().claims().is_empty(), a.claims().is_empty() && plain.against().is_empty());
        }
    }

    #[test]
    fn figures_in_conflict_are_the_same_for_a_view_a_question_and_a_corroboration(
        world in worlds(8..25), as_of in as_of(), same in any::<bool>(), numbers in prop::collection::vec(1..4u8, 25),
    ) {
        // Half of the worlds speak of one statement, with figures.
        let mut world = world;
        for (spec, n) in world.claims.iter_mut().zip(numbers).filter(|_| same) {
            spec.ends = (2, 1, 5);
            spec.quantity = Some(n);
            if let Verb::State(_) = spec.verb {
                spec.verb = Verb::State(Stance::Asserts);
            }
        }
        let built = world.build();
        let view = look(&built, as_of, 0);
        let conflicts = view.figure_conflicts();
        let mut of_view: BTreeMap<BTreeSet<ClaimId>, Answer> = BTreeMap::new();
        for (claims, certain) in conflicts.iter().flat_map(|it| it.pairs()).flat_map(pairs_of) {
            let known = of_view.entry(claims).or_insert(certain);
            *known = certain.max(*known);
        }
        for conflict in conflicts.iter() {
            let sure = conflict.pairs().iter().any(|it| it.certain() == Answer::Yes && it.kind().is_conflict());
            prop_assert_eq!(conflict.whether_reconcilable(), if sure { Answer::No } else { Answer::Unknown });
            prop_assert!(conflict.pairs().iter().all(|it| conflict.reports().iter().filter(|r| it.between().iter().any(|c| c.id() == r.id())).count() == 2));
        }
        prop_assert_eq!(conflicts.irreconcilable().count(), conflicts.iter().filter(|it| it.whether_reconcilable() == Answer::No).count());
        let speaker = |id: &ClaimId| built.graph.claim(*id).expect("on record").speaker();
        let mut of_questions: BTreeMap<BTreeSet<ClaimId>, Answer> = BTreeMap::new();
        for statement in view.statements().iter() {
            // The question has all certainties, and no part of an end.
            let figures = statement.query().without_parts().min_certainty(claimgraph::claim::Certainty::Uncommitted).figures();
            let implied = figures.iter().filter(|it| it.is_superseded()).count();
            prop_assert_eq!(figures.current().count() + implied, figures.len());
            for (claims, certain) in figures.conflicting().iter().flat_map(pairs_of) {
                let known = of_questions.entry(claims).or_insert(certain);
                *known = certain.max(*known);
            }
            // One figure that rules a number out is apart from it.
            for figure in figures.current().filter(|_| figures.incomparable().is_empty()) {
                for n in 0..5 {
                    if figures.equals(n) == Answer::Yes {
                        prop_assert!(figure.as_asked().equals(n).is_possible());
                    }
                    prop_assert_eq!(figures.exceeds(n), !figures.at_most(n));
                }
            }
        }
        prop_assert_eq!(of_questions, of_view.clone());
        // A figure of another speaker that contradicts that of a claim is in conflict with it, certainly.
        let ask = Ask { as_of, ..Ask::default() };
        let (repeated, revised) = built.superseded(&ask);
        let likely = |row: &Row| row.certainty <= claimgraph::claim::Certainty::Probable;
        let tells = |row: &&Row| row.quantity.is_some() && row.says.is_some() && commits(row.stance) && row.modality == Modality::Actual;
        let current = |row: &&Row| !repeated.contains(&row.spec) && !revised.contains(&row.spec);
        for row in built.in_view(&ask).filter(tells).filter(current) {
            let said = built.statements(row);
            let of_one = |id: &ClaimId| {
                let other = built.rows.iter().find(|row| row.id == *id).expect("on record");
                likely(other) && speaker(id) != speaker(&row.id) && !built.statements(other).is_disjoint(&said)
            };
            let conflicts = of_view.iter().filter(|(claims, certain)| claims.contains(&row.id) && **certain == Answer::Yes);
            let expected: Set = conflicts.flat_map(|(claims, _)| claims.iter().copied()).filter(|id| *id != row.id && of_one(id)).collect();
            let parts = view.corroboration(row.id).expect("on record");
            let figure = parts.facet(&Facet::Quantity).expect("it gives a figure");
            let apart = figure.against().iter().filter(|it| it.kind() == Some(ContestKind::FiguresApart));
            let found: Set = apart.map(|it| it.claim().id()).filter(of_one).collect();
            prop_assert_eq!(found, expected, "{:?}", row);
        }
    }

    #[test]
    fn an_item_of_a_watch_list_is_in_one_state_by_every_method(
        world in worlds(8..25), as_of in as_of(), kind in 0..6u8, on in 0..28u8,
    ) {
        let built = world.build();
        let view = look(&built, as_of, kind);
        let watch = view.watch_on(day(on));
        prop_assert_eq!(watch.on(), day(on));
        let in_states: usize = WatchState::ALL.iter().map(|state| watch.in_state(*state).len()).sum();
        let of_kinds: usize = WatchKind::ALL.iter().map(|kind| watch.of_kind(*kind).len()).sum();
        prop_assert_eq!((in_states, of_kinds), (watch.len(), watch.len()));
        let claims = |items: &claimgraph::Findings<'_, claimgraph::questions::WatchItem<'_>>| -> Set {
            items.iter().map(|item| item.claim().id()).collect()
        };
        let (due, triggered) = (claims(&watch.due(day(on))), claims(&watch.triggered()));
        let over = |item: &claimgraph::questions::WatchItem<'_>| on.checked_sub(1).map_or(Answer::No, |n| item.is_due(day(n)));
        for item in watch.iter() {
            prop_assert_eq!(watch.item(item.claim().id()).map(|it| it.state()), Some(item.state()));
            let sure = item.certain() == Answer::Yes;
            let met = matches!(item.state(), WatchState::Met | WatchState::MetLate);
            let happened = match item.state() {
                _ if met => item.certain(),
                WatchState::Disputed => Answer::Unknown,
                _ => Answer::No,
            };
            prop_assert_eq!(item.has_happened(), happened);
            let came_true = match item.state() {
                WatchState::Met if sure => Answer::Yes,
                WatchState::MetLate | WatchState::Broken if sure => Answer::No,
                _ => Answer::Unknown,
            };
            prop_assert_eq!(item.came_true(), came_true);
            // What settles it is among the developments, and the surest that is there.
            let settles = |it: &&claimgraph::questions::Response<'_>| {
                matches!(it.effect(), Some(Effect::Meets | Effect::MeetsLate | Effect::Breaks))
            };
            let surest = item.developments().iter().filter(settles).map(|it| it.certain()).max();
            let by_the_day = matches!(item.state(), WatchState::Open | WatchState::Overdue | WatchState::Lapsed);
            prop_assert_eq!(surest.is_none(), by_the_day, "{}", item);
            if let Some(surest) = surest {
                prop_assert_eq!(item.certain(), surest, "{}", item);
            }
            prop_assert_eq!(item.state() == WatchState::Open, by_the_day && over(item) == Answer::No, "{}", item);
            prop_assert_eq!(due.contains(&item.claim().id()), (by_the_day || !sure) && item.is_due(day(on)) != Answer::No);
            prop_assert!(item.is_due(day(on)) >= over(item), "a deadline stays passed");
            prop_assert_eq!(triggered.contains(&item.claim().id()), !item.conditions().is_empty() && item.is_triggered() != Answer::No);
            prop_assert!(!item.conditions().is_empty() || item.is_triggered() == Answer::Yes);
            let meeting = item.developments().iter().any(|it| matches!(it.effect(), Some(Effect::Meets | Effect::MeetsLate)));
            prop_assert!(!item.is_met_on_their_own_word() || meeting);
        }
        // Each forecast stands in one place of the record of its speaker.
        let records = watch.track_records();
        let mut found = Set::new();
        for record in records.iter() {
            let parts: Vec<ClaimId> = record.came_true().chain(record.did_not()).chain(record.open()).chain(record.undecided()).map(|it| it.claim().id()).collect();
            prop_assert_eq!(parts.len(), record.items().len());
            prop_assert!(record.items().iter().all(|it| it.speaker() == record.speaker()));
            found.extend(parts);
        }
        prop_assert_eq!(found, claims(&watch.of_kind(WatchKind::Forecast)));
    }

    #[test]
    fn lists_and_counts_of_an_entity_are_what_a_filter_of_all_claims_keeps(
        world in worlds(5..25), as_of in as_of(), kind in 0..6u8, doc in prop::option::weighted(0.3, 0..2usize),
    ) {
        let built = world.build();
        let mut view = look(&built, as_of, kind);
        if let Some(doc) = doc {
            view = view.document(built.docs[doc]);
        }
        let all = || view.claims();
        for &entity in &built.entities {
            let subject = ids(all().filter(|it| it.subject_entity() == Some(entity)));
            prop_assert_eq!(ids(view.claims_with_subject(entity)), subject.clone());
            prop_assert_eq!(view.claims_with_subject(entity).count(), subject.len());
            prop_assert_eq!(view.count_with_subject(entity), subject.len());
            let object = ids(all().filter(|it| it.object_entity() == Some(entity)));
            prop_assert_eq!(ids(view.claims_with_object(entity)), object.clone());
            let speaker = ids(all().filter(|it| it.chain().iter().any(|link| link.source == Some(entity))));
            prop_assert_eq!(ids(view.claims_with_speaker(entity)), speaker.clone());
            prop_assert_eq!(ids(view.clone().speaker(entity).claims()), if kind == 5 { ids(view.clone().speaker(entity).claims()) } else { speaker.clone() });
            let mut under = Set::new();
            for rel in &RELS {
                let relation = built.graph.relation(rel.key).expect("declared");
                let these = ids(view.claims_with_subject_under(entity, relation));
                prop_assert_eq!(&these, &ids(all().filter(|it| subject.contains(&it.id()) && it.statement().is_some_and(|s| s.relation().key == rel.key))));
                under.extend(these);
            }
            prop_assert_eq!(&under, &subject);

            let mentions = view.mentions_of(entity);
            let in_role = |role| mentions.in_role(&role).into_iter().collect::<Set>();
            prop_assert_eq!(in_role(MentionRole::Subject), subject.clone());
            prop_assert_eq!(in_role(MentionRole::Object), object.clone());
            let document = ids(all().filter(|it| it.document().map(|it| it.id()) == Some(entity)));
            prop_assert_eq!(in_role(MentionRole::Document), document.clone());
            // The document of a claim stands first in its chain, and speaks only where it speaks for itself.
            let speaks = |it: &claimgraph::ClaimRef<'_>| !document.contains(&it.id()) || it.is_own_voice();
            prop_assert_eq!(in_role(MentionRole::Speaker), ids(all().filter(|it| speaker.contains(&it.id()) && speaks(it))));
            let each: Set = mentions.iter().map(|it| it.claim().id()).collect();
            prop_assert_eq!(mentions.len(), each.len());
            prop_assert!(subject.union(&object).chain(&speaker).chain(&document).all(|id| each.contains(id)));
        }
    }

    #[test]
    fn the_latest_word_of_each_speaker_is_what_a_filter_by_hand_keeps(world in worlds(8..25), as_of in as_of(), few in any::<bool>()) {
        let mut world = world;
        for spec in world.claims.iter_mut().filter(|_| few) {
            spec.ends = (spec.ends.0 % 2, [0, 1][spec.ends.1 % 2], PLACES[spec.ends.2 % 2]);
            spec.by = spec.by.map(|by| by % 2);
        }
        let built = world.build();
        let ask = Ask { as_of, ..Ask::default() };
        let view = ask.view(&built);
        let rows: Vec<&Row> = built.in_view(&ask).collect();
        let speaks = |row: &&&Row| {
            base(&built, row).is_some() && row.chain.last().is_some_and(Option::is_some) && (commits(row.stance) || row.stance == Stance::Denies)
        };
        let days = |row: &Row| {
            let timed = followed(&built, row, |it| it.said.is_some() || it.says.is_some());
            let state = base(&built, row).is_some_and(|it| it.telling().state);
            timed.said.is_some().then(|| Telling { state, ..timed.telling() }.histories())
        };
        let modality = |row: &Row| base(&built, row).map(|it| it.modality);
        let newer = |row: &Row| {
            rows.iter().filter(speaks).any(|other| {
                let same = other.chain.last() == row.chain.last() && modality(other) == modality(row) && built.statements(other) == built.statements(row);
                let meet = match (days(row), days(other)) {
                    (Some(a), Some(b)) => a.iter().any(|(first, last)| b.iter().any(|(from, to)| first <= to && from <= last)),
                    _ => true,
                };
                same && meet && other.day > row.day
            })
        };
        let expected: Set = rows.iter().filter(|row| !(speaks(row) && newer(row))).map(|row| row.id).collect();
        let latest = view.clone().latest_per_speaker();
        prop_assert_eq!(ids(latest.claims()), expected);
        prop_assert_eq!(ids(latest.clone().latest_per_speaker().claims()), ids(latest.claims()));
    }

    #[test]
    fn quotations_carry_each_quote_of_each_quoted_claim_once(world in worlds(5..25), as_of in as_of(), kind in 0..5u8) {
        let built = world.build();
        let view = look(&built, as_of, kind);
        let quotations = view.quotations();
        let mut carried: Vec<(ClaimId, Option<(usize, usize)>)> = Vec::new();
        for quotation in quotations.iter() {
            let span = quotation.span().map(|span| (span.start as usize, span.end as usize));
            for claim in quotation.carried() {
                prop_assert!(view.contains(claim.id()));
                prop_assert_eq!(claim.document(), quotation.document());
                carried.push((claim.id(), span));
            }
        }
        let mut expected = Vec::new();
        for claim in view.claims().filter(|claim| claim.is_quoted()) {
            let spans = claim.quotes().map(|quote| quote.span());
            let spans: Vec<_> = spans.map(|span| span.map(|span| (span.start as usize, span.end as usize))).collect();
            match spans.is_empty() {
                true => expected.push((claim.id(), claim.span().map(|span| (span.start as usize, span.end as usize)))),
                false => expected.extend(spans.into_iter().map(|span| (claim.id(), span))),
            }
        }
        carried.sort();
        expected.sort();
        prop_assert_eq!(carried, expected);
    }

    #[test]
    fn a_view_of_a_day_keeps_what_a_question_for_that_day_finds(world in worlds(5..25), n in 0..26u8) {
        let built = world.build();
        // The statement of a claim, asked for the day, is backed by the claim in time as the views say.
        let view = || built.graph.view();
        let (valid, surely) = (view().valid_at(day(n)), view().certainly_valid_at(day(n)));
        for row in built.rows.iter().filter(|row| row.says.is_some() && commits(row.stance) && view().contains(row.id)) {
            let (subject, relation, object) = row.says.expect("it says something");
            let relation = built.graph.relation(RELS[relation].key).expect("declared");
            let query = view().statement(built.entities[subject], relation, built.entities[object])
                .modality(row.modality).min_certainty(row.certainty).without_parts().valid(day(n));
            let in_time = query.backing().iter().find(|it| it.claim().id() == row.id).map_or(Answer::No, |it| it.in_time());
            if !query.backing().iter().any(|it| it.claim().id() == row.id && it.is_superseded()) {
                prop_assert_eq!(valid.contains(row.id), in_time != Answer::No, "{:?}", row);
                prop_assert_eq!(surely.contains(row.id), in_time == Answer::Yes, "{:?}", row);
            }
        }
    }

    #[test]
    fn a_statement_that_a_view_lists_is_the_one_that_a_question_asks_about(world in worlds(5..25), as_of in as_of(), kind in 0..6u8) {
        let built = world.build();
        let view = look(&built, as_of, kind);
        for statement in view.statements().iter() {
            let content = statement.content();
            let [subject, object] = [content.subject(), content.object()].map(|end| end.entity().expect("an entity"));
            let relation = built.graph.relation(&content.relation().key).expect("declared");
            let asked = view.statement(subject, relation, object);
            prop_assert_eq!(statement.query().backing().claims(), asked.backing().claims());
            prop_assert_eq!(statement.query().against().claims(), asked.against().claims());
            prop_assert_eq!(statement.summary().to_string(), asked.summary().to_string());
        }
    }
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn critical_sources_are_those_without_which_claims_are_lost(
        world in worlds(5..25), as_of in as_of(), kind in 0..6u8, picks in picks(4),
    ) {
        let built = world.build();
        let view = look(&built, as_of, kind);
        for picks in &picks {
            let Some(query) = ask(&built, &view, picks) else { continue };
            let before = query.independence();
            let counted = |query: &StatementQuery<'_>, view: &View<'_>| -> Set {
                let backing = query.backing();
                let counts = |it: &&claimgraph::questions::Response<'_>| !it.is_superseded() && (it.in_time() == Answer::Yes || view.filter().including_possible);
                backing.iter().filter(counts).map(|it| it.claim().id()).collect()
            };
            let backing = counted(&query, &view);
            let critical = query.critical_sources();
            let named: BTreeSet<_> = critical.iter().map(|it| it.source()).collect();
            for &source in &built.entities {
                let left = view.clone().excluding_source(source);
                let Some(without) = ask(&built, &left, picks) else { continue };
                let kept = counted(&without, &left);
                let lost: Set = backing.iter().copied().filter(|claim| !kept.contains(claim)).collect();
                prop_assert_eq!(named.contains(&source), !lost.is_empty());
                let Some(found) = critical.iter().find(|it| it.source() == source) else { continue };
                prop_assert_eq!(found.lost().iter().copied().collect::<Set>(), lost);
                prop_assert_eq!((found.before(), found.after()), (before.count(), without.independence().count()), "{:?}", source);
            }
        }
    }
}
