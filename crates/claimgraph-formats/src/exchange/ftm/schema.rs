//! The schemata of FollowTheMoney 4 and their properties: which are edges, and which properties hold
//! entities, identifiers or dates.

use indexmap::IndexMap;
use std::sync::OnceLock;

/// The type of a property.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Holds {
    Entity,
    Identifier,
    Date,
    Text,
}

/// A schema: its name, those above it, the properties of its ends if it is an edge, and its own properties. The mark
/// `>` is for entities, `#` for identifiers, `@` for dates.
type Schema = (&'static str, &'static str, Option<(&'static str, &'static str)>, &'static str);

/// A schema with all of its ancestors.
#[derive(Debug)]
pub(super) struct Known {
    /// Its name, and those of its ancestors.
    above: Vec<&'static str>,
    pub(super) ends: Option<(&'static str, &'static str)>,
    properties: IndexMap<&'static str, Holds>,
}

impl Known {
    pub(super) fn name(&self) -> &'static str {
        self.above.first().copied().unwrap_or_default()
    }

    pub(super) fn is_a(&self, schema: &str) -> bool {
        self.above.contains(&schema)
    }

    pub(super) fn holds(&self, property: &str) -> Option<Holds> {
        self.properties.get(property).copied()
    }
}

/// Returns the schema of that name.
pub(super) fn known(name: &str) -> Option<&'static Known> {
    static MODEL: OnceLock<IndexMap<&'static str, Known>> = OnceLock::new();
    MODEL.get_or_init(model).get(name)
}

fn model() -> IndexMap<&'static str, Known> {
    let find = |name: &str| SCHEMATA.iter().find(|schema| schema.0 == name);
    let whole = |schema: &'static Schema| {
        let mut known = Known { above: Vec::new(), ends: None, properties: IndexMap::new() };
        let mut open = vec![schema];
        while let Some((name, above, ends, own)) = open.pop() {
            if known.above.contains(name) {
                continue;
            }
            known.above.push(name);
            known.ends = known.ends.or(*ends);
            known.properties.extend(own.split_whitespace().map(property));
            open.extend(above.split_whitespace().filter_map(find));
        }
        (schema.0, known)
    };
    SCHEMATA.iter().map(whole).collect()
}

fn property(word: &'static str) -> (&'static str, Holds) {
    let marks = [('>', Holds::Entity), ('#', Holds::Identifier), ('@', Holds::Date)];
    let marked = marks.iter().find_map(|&(mark, holds)| Some((word.strip_suffix(mark)?, holds)));
    marked.unwrap_or((word, Holds::Text))
}

/// Returns true if the code has two letters, as that of a country.
pub(super) fn is_code(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Returns true if the unit has three capital letters, as a currency.
pub(super) fn is_currency(unit: &str) -> bool {
    unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[rustfmt::skip]
const SCHEMATA: &[Schema] = &[
    ("Address", "Thing", None, "city full googlePlaceId# latitude longitude osmId# postOfficeBox postalCode region remarks \
         state street street2"),
    ("Airplane", "Vehicle", None, "icaoCode# manufacturer serialNumber#"),
    ("Analyzable", "", None, "companiesMentioned detectedCountry detectedLanguage emailMentioned ibanMentioned# \
         ipMentioned locationMentioned namesMentioned peopleMentioned phoneMentioned"),
    ("Article", "Document", None, ""),
    ("Asset", "Thing Value", None, ""),
    ("Associate", "Interval", Some(("person", "associate")), "associate> person> relationship"),
    ("Audio", "Document", None, "duration samplingRate"),
    ("BankAccount", "Asset", None, "accountNumber# accountType balance balanceDate@ bank> bankAddress bankName bic# closingDate@ \
         iban# maxBalance maxBalanceDate@ openingDate@"),
    ("Call", "Interval", None, "caller> callerNumber duration receiver> receiverNumber"),
    ("CallForTenders", "Interval Thing", None, "authority> authorityReferenceId# awardNoticeDate@ awardedInLots awardingDate@ callId# \
         certificationCheck clarificationDeadline@ contractNoticeDate@ cpvCode# directive euFunding \
         evaluationMechanism fallsUnderGPPScope involvesOutcome lotsNames maximumNumberOfLots \
         multipleTenders numberOfLots nutsCode# onBehalfOf> paymentOptions procedure procurementType \
         publicationDate@ relationToThreshold reverseAuctionsIncluded submissionDeadline@ tedUrl \
         tenderers> tendersForLots title"),
    ("Company", "Asset Organization", None, "bikCode# caemCode capital cikCode# coatoCode# fnsCode# fssCode ipoCode# irsCode# isinCode# \
         jibCode# kppCode# mbsCode# okopfCode oksmCode pfrNumber# ricCode# ticker# voenCode#"),
    ("Contract", "Asset", None, "authority> cancelled classification contractDate@ criteria language method noticeId \
         numberAwards procedure procedureNumber project> status title type"),
    ("ContractAward", "Interest Value", Some(("contract", "supplier")), "amended callForTenders> contract> cpvCode# decisionReason documentNumber documentType \
         lotNumber nutsCode# supplier>"),
    ("Control", "Interest", Some(("controller", "controlled")), "controlType controlled> controller> legalBasis"),
    ("CourtCase", "Thing", None, "caseNumber# category closeDate@ court fileDate@ status type"),
    ("CourtCaseParty", "Interest", Some(("party", "case")), "case> party>"),
    ("CryptoWallet", "Thing Value", None, "accountId# balance balanceDate@ blockchain creationDate@ cryptoAddress# currencySymbol \
         custodyType holder> managingExchange privateKey publicKey#"),
    ("Debt", "Interval Value", Some(("debtor", "creditor")), "creditor> debtor>"),
    ("Directorship", "Interest", Some(("director", "organization")), "director> organization> secretary"),
    ("Document", "Analyzable Thing", None, "ancestors> author authoredAt@ bodyText contentHash crawler date@ encoding extension fileName \
         fileSize generator language messageId mimeType parent> processedAt@ processingAgent \
         processingError processingStatus publishedAt@ title translatedLanguage translatedText"),
    ("Documentation", "Interest", Some(("document", "entity")), "document> entity>"),
    ("EconomicActivity", "Interval", None, "bankAccount> bankForeign> bankRub> ccdNumber# ccdValue contract> contractHolder> \
         customsAmount customsProcedure declarant> departureCountry destinationCountry \
         directionOfTransportation dollarExchRate goodsDescription invoiceAmount originCountry \
         receiver> sender> tradingCountry transport> vedCode# vedCodeDescription"),
    ("Email", "Folder HyperText PlainText", None, "bcc cc emitters> from headers inReplyTo inReplyToEmail> recipients> sender subject \
         threadTopic to"),
    ("Employment", "Interest", Some(("employee", "employer")), "employee> employer>"),
    ("Event", "Analyzable Interval Thing", None, "important involved> location organizer>"),
    ("Family", "Interval", Some(("person", "relative")), "person> relationship relative>"),
    ("Folder", "Document", None, ""),
    ("HyperText", "Document", None, "bodyHtml"),
    ("Identification", "Interval", None, "authority country holder> number# type"),
    ("Image", "Document", None, "credit pictured>"),
    ("Interest", "Interval", None, "role status"),
    ("Interval", "", None, "alephUrl date@ description endDate@ indexText modifiedAt@ namesMentioned proof> publisher \
         publisherUrl recordId retrievedAt@ sourceUrl startDate@ summary"),
    ("LegalEntity", "Thing", None, "abbreviation brightQueryId# brightQueryOrgId# bvdId# classification dissolutionDate@ \
         dunsCode# email icijId idNumber# incorporationDate@ innCode# jurisdiction legalForm leiCode# \
         licenseNumber# mainCountry npiCode# ogrnCode# okpoCode# okvedCode# opencorporatesUrl parent> \
         phone registrationNumber# sayariId# sector status swiftBic# taxNumber# taxStatus \
         uniqueEntityId# uscCode# vatCode# website"),
    ("License", "Contract", None, "area commodities reviewDate"),
    ("Membership", "Interest", Some(("member", "organization")), "member> organization>"),
    ("Mention", "", None, "contextCountry contextEmail contextPhone detectedSchema document> name resolved>"),
    ("Message", "Folder HyperText Interval PlainText", None, "inReplyTo inReplyToMessage> metadata recipientAccount> recipients> sender> senderAccount> \
         subject threadTopic"),
    ("Note", "Analyzable Thing", None, "entity>"),
    ("Occupancy", "Interval", Some(("holder", "post")), "constituency declarationDate@ electionDate@ holder> periodEnd@ periodStart@ politicalGroup \
         post> status"),
    ("Organization", "LegalEntity", None, "cageCode# giiNumber# imoNumber# permId#"),
    ("Ownership", "Interest", Some(("owner", "asset")), "asset> legalBasis owner> ownershipType percentage sharesCount sharesCurrency sharesType \
         sharesValue"),
    ("Package", "Folder", None, ""),
    ("Page", "", None, "bodyText detectedLanguage document> index indexText translatedText translatedTextLanguage"),
    ("Pages", "Document", None, "pdfHash"),
    ("Passport", "Identification", None, "birthDate@ birthPlace gender givenName passportNumber# personalNumber# surname"),
    ("Payment", "Interval Value", Some(("payer", "beneficiary")), "beneficiary> beneficiaryAccount> contract> payer> payerAccount> programme project> purpose \
         sequenceNumber transactionNumber"),
    ("Person", "LegalEntity", None, "appearance biography birthCountry birthDate@ birthPlace citizenship deathDate@ education \
         ethnicity eyeColor fatherName firstName gender hairColor height lastName middleName \
         motherName nameSuffix nationality passportNumber# political position profession religion \
         secondName socialSecurityNumber# spokenLanguage title weight"),
    ("PlainText", "Document", None, ""),
    ("Position", "Thing", None, "dissolutionDate@ inceptionDate@ numberOfSeats organization> subnationalArea"),
    ("Project", "Interval Thing Value", None, "goal phase projectId# status"),
    ("ProjectParticipant", "Interest", Some(("participant", "project")), "participant> project>"),
    ("PublicBody", "Organization", None, ""),
    ("RealEstate", "Asset", None, "area cadastralCode# censusBlock createDate@ encumbrance landType latitude longitude parent> \
         propertyType registrationNumber# tenure titleNumber#"),
    ("Representation", "Interest", Some(("agent", "client")), "agent> client>"),
    ("Risk", "Interval", None, "authority country duration entity> listingDate@ program programId# programUrl reason status \
         topics"),
    ("Sanction", "Interval", None, "authority authorityId# country duration entity> listingDate@ program programId# programUrl \
         provisions reason status unscId#"),
    ("Security", "Asset", None, "classification collateral figiCode# isin# issueDate@ issuer> maturityDate@ \
         registrationNumber# ticker# type"),
    ("Similar", "", None, "candidate> confidenceScore criteria match> matcher"),
    ("Succession", "Interest", Some(("predecessor", "successor")), "predecessor> successor>"),
    ("Table", "Document", None, "columns csvHash rowCount"),
    ("TaxRoll", "Interval", None, "birthDate@ country givenName income surname taxPaid taxee> wealth"),
    ("Territory", "Thing", None, "fipsCode# level nutsCode# partOf> territoryCode# zipCode#"),
    ("Thing", "", None, "address addressEntity> alephUrl alias country createdAt@ description indexText keywords \
         modifiedAt@ name notes previousName program programId# proof> publisher publisherUrl \
         retrievedAt@ riskSource> sourceUrl summary topics weakAlias wikidataId# wikipediaUrl"),
    ("Trip", "Event", None, "endLocation> startLocation> vehicle>"),
    ("UnknownLink", "Interest", Some(("subject", "object")), "object> subject>"),
    ("UserAccount", "Thing", None, "email ipAddress owner> password phone service username"),
    ("Value", "", None, "amount amountEur amountUsd currency"),
    ("Vehicle", "Asset", None, "buildDate@ deregistrationDate@ model operator> owner> registrationDate@ registrationNumber# \
         type"),
    ("Vessel", "Vehicle", None, "callSign# crsNumber# deadweightTonnage flag grossRegisteredTonnage imoNumber# mmsi# \
         nameChangeDate@ navigationArea pastFlags pastTypes registrationPort tonnage"),
    ("Video", "Document", None, "duration"),
    ("Workbook", "Folder", None, ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_come_from_all_that_is_above() {
        let company = known("Company").unwrap();
        assert!(company.is_a("Thing") && company.is_a("Asset") && company.is_a("Organization"));
        assert_eq!(company.holds("leiCode"), Some(Holds::Identifier));
        assert_eq!(company.holds("addressEntity"), Some(Holds::Entity));
        assert_eq!(company.holds("payer"), None);
        assert_eq!(known("Payment").unwrap().ends, Some(("payer", "beneficiary")));
        assert!(
            SCHEMATA
                .iter()
                .all(|schema| schema.1.split_whitespace().all(|above| known(above).is_some()))
        );
    }
}
