//! Reports of made-up events. Those of one event were written apart: they share facts, names and quotations.

/// Three events, each in three reports.
pub const EVENTS: [[&str; 3]; 3] = [
    [
        "Fire broke out in a grain store at the port of Velmar early on Thursday and burned for nine hours. Forty workers \
         were led out through a side gate before the roof came down. The harbour office said that no ship was damaged. \
         Governor Ilse Maren told a news conference that \"we have lost a third of the winter stock, and we will need help \
         from the capital before the month is out\". Police closed two roads along the quay. A spokesman for the owner, the \
         Tolm Company, declined to say how much of the grain had been insured. Investigators expect to enter the building \
         on Saturday, once the walls have been propped up.",
        "A third of the grain that Velmar keeps for winter is gone after a warehouse went up in flames on Thursday. Nobody was \
         hurt: about 40 people on the night shift got away in time. \"We have lost a third of the winter stock, and we will \
         need help from the capital before the month is out,\" Governor Maren said. Smoke could be seen from the hills, and \
         residents of the old town were told to keep their windows shut. The cause was not clear. Tolm, which runs the \
         warehouse, gave no figures about its insurance. Traffic along the waterfront was still being turned away in the \
         evening, while firefighters poured water on what remained.",
        "Velmar's governor asked for aid on Thursday, hours after the largest of the town's granaries had been destroyed. Ilse \
         Maren put the loss at a third of what was stored for the cold months. Dock workers described how the roof gave way \
         with a roar shortly before dawn. By then everyone had left, the fire service reported, thanks to an alarm that a \
         crane driver raised. Insurance is going to be a matter of dispute, since the Tolm Company had been warned about its \
         wiring twice last year, according to papers seen by this newspaper. The ministry in the capital promised an answer \
         within days.",
    ],
    [
        "Ostrel and Tamora will reopen their border crossing at Hane on the first of March, the two foreign ministries said in \
         a joint statement on Monday. The crossing was closed eleven years ago after a shooting in which three guards died. \
         Under the agreement, up to 2,500 people a day may pass, at first on foot only. Lorries are to follow in the autumn. \
         \"This is a door and not yet a road,\" said Tamora's envoy, Pavel Dorn. Farmers on both sides have asked for the step \
         for years. The opposition in Ostrel called the terms unclear and demanded a debate in parliament before anyone \
         crosses.",
        "After eleven years people will be able to walk from Hane into the neighbouring country again. From March the gate is \
         to be open between eight and six, with a ceiling of 2,500 persons a day. That was announced on Monday, following \
         talks which both governments had kept quiet until the end. Tamora's chief negotiator Dorn called it \"a door and not \
         yet a road\". Goods traffic has to wait, because the bridge over the Silt needs new bearings. In Ostrel's parliament \
         the Civic Union said it had learned of the plan from the radio, and asked who would check the passports.",
        "The mayor of Hane had a bottle ready on Monday evening. The news that had been awaited for weeks came shortly before six: the \
         border, shut since the deaths of three guards, is to open in spring. Shops are expected to gain most. Not everybody is \
         pleased, however. A petition against the opening has four hundred names, and deputies of the Civic Union want to see \
         every page of the accord. The text limits the number of those who may cross each day, and it leaves out vehicles \
         until the bridge is repaired, which engineers think will take the whole summer.",
    ],
    [
        "The central bank of Lorrin raised its main rate by half a point to 6.5 percent on Wednesday, the third rise since \
         January. Prices went up by 9.1 percent in the year to May. Bank president Oda Kless said the board had been divided \
         and that further steps would depend on the harvest. The crown gained one percent against the franc within an hour of \
         the decision. Analysts at Brandt and Sons had expected a smaller move. Home owners with floating loans will pay about \
         forty crowns more a month, the consumer league reckons. The next meeting of the board is on the ninth of August.",
        "Borrowing becomes dearer in Lorrin once more. With inflation above nine percent, the central bankers decided by four \
         votes to three to lift the key rate to 6.5 percent. It is the highest level in fourteen years. Markets were taken by \
         surprise, and the currency jumped. Kless, who heads the bank, would not promise a pause: all would hang on this \
         year's wheat, she told reporters. Trade unions criticised the step. They say that wages have not kept up, and that \
         families who bought a flat at the peak now carry the burden alone. Builders warned of empty sites.",
        "Four to three: rarely has a vote in the bank on Crown Square been so close. Three members of the board wanted to wait \
         for the figures of June. Oda Kless and three others did not. They pointed to food, which costs a fifth more than a \
         year ago, and to rents. The outcome is a rate not seen since the crisis. For savers it is good news, for builders it \
         is not. A survey of the chamber of commerce, published the same morning, shows that every second firm puts off what \
         it had meant to buy. The government kept its silence.",
    ],
];

/// The ways in which a desk edits a wire story.
pub const EDITS: [&str; 7] =
    ["whole", "cut", "cut by half", "re-ordered", "re-headlined", "paraphrased", "merged"];

/// Returns a story edited in one of these ways. Another story lends its words where words are put in.
pub fn edited(edit: &str, story: &str, other: &str) -> String {
    let (own, foreign) = (sentences(story), sentences(other));
    let (count, half) = (own.len(), own.len().div_ceil(2));
    match edit {
        "whole" => story.replace('\'', "\u{2019}").replace(' ', "  ") + "\n",
        "cut" => own[..(count * 2).div_ceil(3)].concat(),
        "cut by half" => own[..half].concat(),
        "re-ordered" => [&own[half..], &[" "], &own[..half]].concat().concat(),
        "re-headlined" => {
            format!(
                "MORE TROUBLE AHEAD\n\nBy our correspondent\n\n{}\n(with agencies)",
                own[1..].concat()
            )
        }
        "paraphrased" => {
            let each = own.iter().enumerate();
            let mixed = each.map(|(n, own)| match n % 3 {
                2 => foreign.get(n).copied().unwrap_or("Nothing else was known. "),
                _ => own,
            });
            mixed.collect()
        }
        "merged" => [&own[..], &[" "], &foreign[..]].concat().concat(),
        _ => panic!("an unknown edit: {edit}"),
    }
}

/// Returns the sentences and lines of a text.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').flat_map(|line| line.split_inclusive(". ")).collect()
}
