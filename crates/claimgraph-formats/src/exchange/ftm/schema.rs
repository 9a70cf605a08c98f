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

struct Schema {
    name: &'static str,
    above: &'static str,
    ends: Option<(&'static str, &'static str)>,
    /// The own properties. The mark `>` is for entities, `#` for identifiers, `@` for dates.
    own: &'static str,
}

const fn schema(
    name: &'static str,
    above: &'static str,
    ends: Option<(&'static str, &'static str)>,
    own: &'static str,
) -> Schema {
    Schema { name, above, ends, own }
}

/// A schema with all of its ancestors.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) above: Vec<&'static str>,
    pub(super) ends: Option<(&'static str, &'static str)>,
    properties: IndexMap<&'static str, Holds>,
}

impl Known {
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
    let find = |name: &str| SCHEMATA.iter().find(|schema| schema.name == name);
    let whole = |schema: &'static Schema| {
        let mut known = Known { above: Vec::new(), ends: schema.ends, properties: IndexMap::new() };
        let mut open = vec![schema];
        while let Some(next) = open.pop() {
            if known.above.contains(&next.name) {
                continue;
            }
            known.above.push(next.name);
            known.ends = known.ends.or(next.ends);
            known.properties.extend(next.own.split_whitespace().map(property));
            open.extend(next.above.split_whitespace().filter_map(find));
        }
        (schema.name, known)
    };
    SCHEMATA.iter().map(whole).collect()
}

fn property(word: &'static str) -> (&'static str, Holds) {
    let holds = |mark: char| word.strip_suffix(mark);
    if let Some(name) = holds('>') {
        (name, Holds::Entity)
    } else if let Some(name) = holds('#') {
        (name, Holds::Identifier)
    } else if let Some(name) = holds('@') {
        (name, Holds::Date)
    } else {
        (word, Holds::Text)
    }
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
    schema("Address", "Thing", None, "city full googlePlaceId# latitude longitude osmId# postOfficeBox postalCode region remarks \
         state street street2"),
    schema("Airplane", "Vehicle", None, "icaoCode# manufacturer serialNumber#"),
    schema("Analyzable", "", None, "companiesMentioned detectedCountry detectedLanguage emailMentioned ibanMentioned# \
         ipMentioned locationMentioned namesMentioned peopleMentioned phoneMentioned"),
    schema("Article", "Document", None, ""),
    schema("Asset", "Thing Value", None, ""),
    schema("Associate", "Interval", Some(("person", "associate")), "associate> person> relationship"),
    schema("Audio", "Document", None, "duration samplingRate"),
    schema("BankAccount", "Asset", None, "accountNumber# accountType balance balanceDate@ bank> bankAddress bankName bic# closingDate@ \
         iban# maxBalance maxBalanceDate@ openingDate@"),
    schema("Call", "Interval", None, "caller> callerNumber duration receiver> receiverNumber"),
    schema("CallForTenders", "Interval Thing", None, "authority> authorityReferenceId# awardNoticeDate@ awardedInLots awardingDate@ callId# \
         certificationCheck clarificationDeadline@ contractNoticeDate@ cpvCode# directive euFunding \
         evaluationMechanism fallsUnderGPPScope involvesOutcome lotsNames maximumNumberOfLots \
         multipleTenders numberOfLots nutsCode# onBehalfOf> paymentOptions procedure procurementType \
         publicationDate@ relationToThreshold reverseAuctionsIncluded submissionDeadline@ tedUrl \
         tenderers> tendersForLots title"),
    schema("Company", "Asset Organization", None, "bikCode# caemCode capital cikCode# coatoCode# fnsCode# fssCode ipoCode# irsCode# isinCode# \
         jibCode# kppCode# mbsCode# okopfCode oksmCode pfrNumber# ricCode# ticker# voenCode#"),
    schema("Contract", "Asset", None, "authority> cancelled classification contractDate@ criteria language method noticeId \
         numberAwards procedure procedureNumber project> status title type"),
    schema("ContractAward", "Interest Value", Some(("contract", "supplier")), "amended callForTenders> contract> cpvCode# decisionReason documentNumber documentType \
         lotNumber nutsCode# supplier>"),
    schema("Control", "Interest", Some(("controller", "controlled")), "controlType controlled> controller> legalBasis"),
    schema("CourtCase", "Thing", None, "caseNumber# category closeDate@ court fileDate@ status type"),
    schema("CourtCaseParty", "Interest", Some(("party", "case")), "case> party>"),
    schema("CryptoWallet", "Thing Value", None, "accountId# balance balanceDate@ blockchain creationDate@ cryptoAddress# currencySymbol \
         custodyType holder> managingExchange privateKey publicKey#"),
    schema("Debt", "Interval Value", Some(("debtor", "creditor")), "creditor> debtor>"),
    schema("Directorship", "Interest", Some(("director", "organization")), "director> organization> secretary"),
    schema("Document", "Analyzable Thing", None, "ancestors> author authoredAt@ bodyText contentHash crawler date@ encoding extension fileName \
         fileSize generator language messageId mimeType parent> processedAt@ processingAgent \
         processingError processingStatus publishedAt@ title translatedLanguage translatedText"),
    schema("Documentation", "Interest", Some(("document", "entity")), "document> entity>"),
    schema("EconomicActivity", "Interval", None, "bankAccount> bankForeign> bankRub> ccdNumber# ccdValue contract> contractHolder> \
         customsAmount customsProcedure declarant> departureCountry destinationCountry \
         directionOfTransportation dollarExchRate goodsDescription invoiceAmount originCountry \
         receiver> sender> tradingCountry transport> vedCode# vedCodeDescription"),
    schema("Email", "Folder HyperText PlainText", None, "bcc cc emitters> from headers inReplyTo inReplyToEmail> recipients> sender subject \
         threadTopic to"),
    schema("Employment", "Interest", Some(("employee", "employer")), "employee> employer>"),
    schema("Event", "Analyzable Interval Thing", None, "important involved> location organizer>"),
    schema("Family", "Interval", Some(("person", "relative")), "person> relationship relative>"),
    schema("Folder", "Document", None, ""),
    schema("HyperText", "Document", None, "bodyHtml"),
    schema("Identification", "Interval", None, "authority country holder> number# type"),
    schema("Image", "Document", None, "credit pictured>"),
    schema("Interest", "Interval", None, "role status"),
    schema("Interval", "", None, "alephUrl date@ description endDate@ indexText modifiedAt@ namesMentioned proof> publisher \
         publisherUrl recordId retrievedAt@ sourceUrl startDate@ summary"),
    schema("LegalEntity", "Thing", None, "abbreviation brightQueryId# brightQueryOrgId# bvdId# classification dissolutionDate@ \
         dunsCode# email icijId idNumber# incorporationDate@ innCode# jurisdiction legalForm leiCode# \
         licenseNumber# mainCountry npiCode# ogrnCode# okpoCode# okvedCode# opencorporatesUrl parent> \
         phone registrationNumber# sayariId# sector status swiftBic# taxNumber# taxStatus \
         uniqueEntityId# uscCode# vatCode# website"),
    schema("License", "Contract", None, "area commodities reviewDate"),
    schema("Membership", "Interest", Some(("member", "organization")), "member> organization>"),
    schema("Mention", "", None, "contextCountry contextEmail contextPhone detectedSchema document> name resolved>"),
    schema("Message", "Folder HyperText Interval PlainText", None, "inReplyTo inReplyToMessage> metadata recipientAccount> recipients> sender> senderAccount> \
         subject threadTopic"),
    schema("Note", "Analyzable Thing", None, "entity>"),
    schema("Occupancy", "Interval", Some(("holder", "post")), "constituency declarationDate@ electionDate@ holder> periodEnd@ periodStart@ politicalGroup \
         post> status"),
    schema("Organization", "LegalEntity", None, "cageCode# giiNumber# imoNumber# permId#"),
    schema("Ownership", "Interest", Some(("owner", "asset")), "asset> legalBasis owner> ownershipType percentage sharesCount sharesCurrency sharesType \
         sharesValue"),
    schema("Package", "Folder", None, ""),
    schema("Page", "", None, "bodyText detectedLanguage document> index indexText translatedText translatedTextLanguage"),
    schema("Pages", "Document", None, "pdfHash"),
    schema("Passport", "Identification", None, "birthDate@ birthPlace gender givenName passportNumber# personalNumber# surname"),
    schema("Payment", "Interval Value", Some(("payer", "beneficiary")), "beneficiary> beneficiaryAccount> contract> payer> payerAccount> programme project> purpose \
         sequenceNumber transactionNumber"),
    schema("Person", "LegalEntity", None, "appearance biography birthCountry birthDate@ birthPlace citizenship deathDate@ education \
         ethnicity eyeColor fatherName firstName gender hairColor height lastName middleName \
         motherName nameSuffix nationality passportNumber# political position profession religion \
         secondName socialSecurityNumber# spokenLanguage title weight"),
    schema("PlainText", "Document", None, ""),
    schema("Position", "Thing", None, "dissolutionDate@ inceptionDate@ numberOfSeats organization> subnationalArea"),
    schema("Project", "Interval Thing Value", None, "goal phase projectId# status"),
    schema("ProjectParticipant", "Interest", Some(("participant", "project")), "participant> project>"),
    schema("PublicBody", "Organization", None, ""),
    schema("RealEstate", "Asset", None, "area cadastralCode# censusBlock createDate@ encumbrance landType latitude longitude parent> \
         propertyType registrationNumber# tenure titleNumber#"),
    schema("Representation", "Interest", Some(("agent", "client")), "agent> client>"),
    schema("Risk", "Interval", None, "authority country duration entity> listingDate@ program programId# programUrl reason status \
         topics"),
    schema("Sanction", "Interval", None, "authority authorityId# country duration entity> listingDate@ program programId# programUrl \
         provisions reason status unscId#"),
    schema("Security", "Asset", None, "classification collateral figiCode# isin# issueDate@ issuer> maturityDate@ \
         registrationNumber# ticker# type"),
    schema("Similar", "", None, "candidate> confidenceScore criteria match> matcher"),
    schema("Succession", "Interest", Some(("predecessor", "successor")), "predecessor> successor>"),
    schema("Table", "Document", None, "columns csvHash rowCount"),
    schema("TaxRoll", "Interval", None, "birthDate@ country givenName income surname taxPaid taxee> wealth"),
    schema("Territory", "Thing", None, "fipsCode# level nutsCode# partOf> territoryCode# zipCode#"),
    schema("Thing", "", None, "address addressEntity> alephUrl alias country createdAt@ description indexText keywords \
         modifiedAt@ name notes previousName program programId# proof> publisher publisherUrl \
         retrievedAt@ riskSource> sourceUrl summary topics weakAlias wikidataId# wikipediaUrl"),
    schema("Trip", "Event", None, "endLocation> startLocation> vehicle>"),
    schema("UnknownLink", "Interest", Some(("subject", "object")), "object> subject>"),
    schema("UserAccount", "Thing", None, "email ipAddress owner> password phone service username"),
    schema("Value", "", None, "amount amountEur amountUsd currency"),
    schema("Vehicle", "Asset", None, "buildDate@ deregistrationDate@ model operator> owner> registrationDate@ registrationNumber# \
         type"),
    schema("Vessel", "Vehicle", None, "callSign# crsNumber# deadweightTonnage flag grossRegisteredTonnage imoNumber# mmsi# \
         nameChangeDate@ navigationArea pastFlags pastTypes registrationPort tonnage"),
    schema("Video", "Document", None, "duration"),
    schema("Workbook", "Folder", None, ""),
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
                .all(|schema| schema.above.split_whitespace().all(|above| known(above).is_some()))
        );
    }
}
