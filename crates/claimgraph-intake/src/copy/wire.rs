//! The wires whose names stand in bylines.

/// A wire, with the ways in which its name is written. Names of five letters or fewer count in these capitals only.
pub(super) struct Wire {
    pub(super) name: &'static str,
    pub(super) written: &'static [&'static str],
}

const fn wire(name: &'static str, written: &'static [&'static str]) -> Wire {
    Wire { name, written }
}

/// The wires. Of two ways of writing that begin alike, the longer stands first.
pub(super) const WIRES: &[Wire] = &[
    wire("Reuters", &["Thomson Reuters", "Reuters", "Рейтер"]),
    wire("Associated Press", &["The Associated Press", "Associated Press", "AP"]),
    wire("Agence France-Presse", &["Agence France-Presse", "AFP"]),
    wire("Deutsche Presse-Agentur", &["Deutsche Presse-Agentur", "dpa", "DPA"]),
    wire("Austria Presse Agentur", &["Austria Presse Agentur", "APA"]),
    wire("Keystone-SDA", &["Keystone-SDA", "SDA", "ATS"]),
    wire("KNA", &["KNA"]),
    wire("epd", &["epd"]),
    wire("Bloomberg", &["Bloomberg News", "Bloomberg"]),
    wire("United Press International", &["United Press International", "UPI"]),
    wire("PA Media", &["PA Media", "Press Association"]),
    wire("Interfax-Ukraine", &["Interfax-Ukraine", "Интерфакс-Украина"]),
    wire("Interfax", &["Interfax", "Интерфакс"]),
    wire("TASS", &["ITAR-TASS", "TASS", "ИТАР-ТАСС", "ТАСС"]),
    wire("RIA Novosti", &["RIA Novosti", "РИА Новости"]),
    wire("Ukrinform", &["Ukrinform", "Укринформ", "Укрінформ"]),
    wire("UNIAN", &["UNIAN", "УНИАН", "УНІАН"]),
    wire("BelTA", &["BelTA", "БелТА"]),
    wire("Xinhua", &["Xinhua News Agency", "Xinhua", "新华社", "新華社"]),
    wire("Kyodo News", &["Kyodo News", "Kyodo", "共同通信"]),
    wire("Jiji Press", &["Jiji Press", "時事通信"]),
    wire("Yonhap", &["Yonhap News Agency", "Yonhap", "연합뉴스"]),
    wire("KCNA", &["KCNA"]),
    wire("Press Trust of India", &["Press Trust of India", "PTI"]),
    wire("ANI", &["ANI"]),
    wire("IANS", &["IANS"]),
    wire("Anadolu", &["Anadolu Agency", "Anadolu"]),
    wire("ANSA", &["ANSA"]),
    wire("EFE", &["Agencia EFE", "EFE"]),
    wire("Europa Press", &["Europa Press"]),
    wire("Lusa", &["Lusa"]),
    wire("Belga", &["Belga"]),
    wire("ANP", &["ANP"]),
    wire("Ritzau", &["Ritzau"]),
    wire("NTB", &["NTB"]),
    wire("PAP", &["PAP"]),
    wire("CTK", &["ČTK", "CTK"]),
    wire("MTI", &["MTI"]),
    wire("Tanjug", &["Tanjug"]),
    wire("MENA", &["MENA"]),
    wire("WAFA", &["WAFA"]),
    wire("IRNA", &["IRNA"]),
    wire("SPA", &["SPA"]),
];
