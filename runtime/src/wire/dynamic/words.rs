//! The words that recipes pick from: few, our own, and of every form that matters (spaces, dashes, punctuation).

/// A list, its elements parted by `|`; empty if there is none of that name.
pub(super) fn list(name: &str) -> &'static str {
    LISTS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, list)| *list)
}

const LISTS: &[(&str, &str)] = &[
    ("nonzero", "2|3|4|5|6|7|8|9"),
    ("boolean", "true|false"),
    (
        "locale",
        "ar|bg|cs|da|de|el|en|es|et|fi|fr|he|hi|hu|id|it|ja|ko|lt|lv|nl|no|pl|pt|ro|ru|sk|sl|sv|th|tr|uk|vi|zh",
    ),
    (
        "directory",
        "/bin|/dev|/etc|/home/user|/lib|/media|/mnt|/opt/bin|/private/tmp|/srv|/tmp|/usr/local/bin|/usr/share|/var/log|/Users",
    ),
    (
        "first_name",
        "Ada|Alan|Barbara|Carl|Dorothy|Edsger|Emmy|Grace|Hedy|Ida|James|Karen|Leonhard|Mary|Niklaus|Radia|Sofia|Tim",
    ),
    (
        "last_name",
        "Becker|Carter|Dubois|Evans|Fischer|Garcia|Haas|Ito|Jensen|Keller|Lindgren|Moreau|Novak|Olsen|Parker|Rossi|Silva|Turner|Weber",
    ),
    (
        "city_end",
        "berg|bury|field|ford|ham|haven|mouth|port|stad|ton|view|ville",
    ),
    (
        "street_end",
        "Alley|Avenue|Bridge|Court|Drive|Gardens|Hill|Lane|Mews|Road|Square|Street|Terrace|Way",
    ),
    (
        "country",
        "Argentina|Austria|Brazil|Canada|Denmark|Egypt|France|Germany|Iceland|India|Japan|Kenya|Mexico|Norway|Peru|Spain|Viet Nam",
    ),
    (
        "country_code",
        "AR|AT|BR|CA|DE|DK|EG|ES|FR|GB|IN|IS|IT|JP|KE|MX|NO|PE|SE|US",
    ),
    (
        "color",
        "azure|black|blue|cyan|fuchsia|gold|green|indigo|ivory|lavender|lime|magenta|maroon|olive|orange|pink|red|silver|teal|white",
    ),
    (
        "department",
        "Automotive|Baby|Beauty|Books|Clothing|Computers|Electronics|Games|Garden|Grocery|Health|Home|Jewelry|Music|Outdoors|Shoes|Sports|Tools|Toys",
    ),
    (
        "product_adjective",
        "Awesome|Ergonomic|Fantastic|Generic|Gorgeous|Handmade|Incredible|Licensed|Practical|Refined|Rustic|Sleek|Small|Tasty",
    ),
    (
        "material",
        "Concrete|Cotton|Fresh|Frozen|Granite|Metal|Plastic|Rubber|Soft|Steel|Wooden",
    ),
    (
        "product",
        "Ball|Bike|Car|Chair|Cheese|Chicken|Computer|Fish|Gloves|Hat|Keyboard|Mouse|Pants|Pizza|Salad|Shirt|Shoes|Soap|Table|Towels",
    ),
    (
        "company",
        "{last_name} {company_end}|{last_name} - {last_name}|{last_name}, {last_name} and {last_name}",
    ),
    ("company_end", "Inc|LLC|Group|and Sons"),
    (
        "catch_adjective",
        "Adaptive|Balanced|Centralized|Cross-platform|Distributed|Extended|Focused|Integrated|Managed|Open-source|Proactive|Reduced|Robust",
    ),
    (
        "catch_descriptor",
        "bandwidth-monitored|content-based|context-sensitive|dynamic|fault-tolerant|full-range|hybrid|local|modular|multi-state|next generation|zero defect",
    ),
    (
        "catch_noun",
        "ability|access|algorithm|analyzer|architecture|array|capability|challenge|core|framework|interface|matrix|middleware|portal|workforce",
    ),
    (
        "bs_verb",
        "aggregate|architect|benchmark|deliver|deploy|disintermediate|drive|embrace|enable|engage|harness|leverage|optimize|streamline|synthesize",
    ),
    (
        "bs_adjective",
        "24/7|back-end|clicks-and-mortar|collaborative|compelling|cross-platform|customized|dynamic|efficient|end-to-end|frictionless|global|scalable",
    ),
    (
        "bs_noun",
        "action-items|applications|architectures|bandwidth|channels|communities|content|convergence|deliverables|e-business|functionalities|interfaces|models|networks",
    ),
    (
        "column",
        "avatar|category|comment|createdAt|email|group|id|name|password|phone|status|title|token|updatedAt",
    ),
    (
        "column_type",
        "bigint|binary|blob|bool|char|date|datetime|decimal|double|enum|float|int|mediumint|point|set|smallint|text|time|timestamp|tinyint|varchar",
    ),
    (
        "collation",
        "ascii_bin|ascii_general_ci|cp1250_bin|cp1250_general_ci|utf8_bin|utf8_general_ci|utf8_unicode_ci",
    ),
    ("engine", "ARCHIVE|BLACKHOLE|CSV|InnoDB|MEMORY|MyISAM"),
    (
        "month",
        "January|February|March|April|May|June|July|August|September|October|November|December",
    ),
    (
        "weekday",
        "Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday",
    ),
    (
        "account",
        "Auto Loan|Checking|Credit Card|Home Loan|Investment|Money Market|Personal Loan|Savings",
    ),
    ("transaction", "deposit|invoice|payment|withdrawal"),
    (
        "currency_code",
        "AUD|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HUF|INR|JPY|KRW|MXN|NOK|NZD|PLN|SEK|SGD|TRY|USD|ZAR",
    ),
    (
        "currency",
        "Australian Dollar|Brazilian Real|Canadian Dollar|Czech Koruna|Danish Krone|Euro|Forint|Indian Rupee|Pound Sterling|Rand|Swiss Franc|US Dollar|Won|Yen|Zloty",
    ),
    ("currency_symbol", "$|£|¥|€|₩|₪|₫|₮|₹|฿|ƒ|R$|kr|zł"),
    ("bitcoin_start", "1|3"),
    (
        "iban",
        "AT####################|BE##############|DE####################|ES######################|NO#############",
    ),
    ("bic", "AAAADEBB###|BBBBFRPP|CCCCGB22###|DDDDUS33|EEEECHZZ###"),
    (
        "abbreviation",
        "AGP|AI|API|COM|CSS|EXE|FTP|GB|HDD|HTTP|IB|JBOD|JSON|PCI|PNG|RAM|RSS|SAS|SCSI|SDD|SMS|SMTP|SQL|SSL|TCP|USB|XML|XSS",
    ),
    (
        "adjective",
        "1080p|auxiliary|back-end|bluetooth|cross-platform|digital|haptic|mobile|multi-byte|neural|online|open-source|optical|primary|redundant|solid state|virtual|wireless",
    ),
    (
        "noun",
        "alarm|application|array|bandwidth|bus|capacitor|card|circuit|driver|feed|firewall|hard drive|interface|matrix|microchip|monitor|panel|pixel|port|program|protocol|sensor|system|transmitter",
    ),
    (
        "verb",
        "back up|bypass|calculate|compress|connect|copy|generate|hack|index|input|navigate|override|parse|program|quantify|reboot|synthesize|transmit",
    ),
    (
        "ing_verb",
        "backing up|bypassing|calculating|compressing|connecting|copying|generating|hacking|indexing|navigating|overriding|parsing|programming|quantifying|synthesizing|transmitting",
    ),
    (
        "phrase",
        "We need to {verb} the {adjective} {abbreviation} {noun}!|Use the {adjective} {abbreviation} {noun}, then you can {verb} the {adjective} {noun}!|I'll {verb} the {adjective} {abbreviation} {noun}, that should {noun} the {abbreviation} {noun}!",
    ),
    (
        "image",
        "data:image/svg+xml;charset=UTF-8,\\%3Csvg\\%20xmlns=\\%22http://www.w3.org/2000/svg\\%22/\\%3E",
    ),
    ("mail_host", "gmail.com|hotmail.com|yahoo.com"),
    ("example_end", "com|net|org"),
    ("protocol", "http|https"),
    (
        "domain_word",
        "alder|birch|cedar|dune|ember|fjord|grove|harbor|inlet|juniper|lagoon|meadow|oasis|prairie|ridge|summit",
    ),
    ("domain_end", "biz|com|info|name|net|org"),
    (
        "user_agent",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1##.0.0.0 Safari/537.36|Mozilla/5.0 (X11; Linux x86_64; rv:1##.0) Gecko/20100101 Firefox/1##.0|Mozilla/5.0 (Macintosh; Intel Mac OS X 14_#) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.# Safari/605.1.15",
    ),
    (
        "lorem",
        "alias|amet|aut|consectetur|dicta|dolor|dolorem|eligendi|et|fuga|harum|id|ipsa|laborum|magnam|minima|nihil|odio|porro|quia|quis|rerum|sed|sit|tempora|ut|velit|voluptas",
    ),
    (
        "sentence",
        "Alias {lorem} {lorem} {lorem} {lorem}.|Dolor {lorem} {lorem} {lorem} {lorem} {lorem} {lorem}.|Et {lorem} {lorem} {lorem} {lorem} {lorem}.|Velit {lorem} {lorem} {lorem}.",
    ),
    (
        "job_descriptor",
        "Central|Chief|Corporate|Direct|District|Dynamic|Forward|Future|Global|Internal|Lead|Legacy|National|Principal|Product|Regional|Senior",
    ),
    (
        "job_area",
        "Accountability|Accounts|Assurance|Brand|Communications|Configuration|Creative|Data|Directives|Factors|Identity|Markets|Metrics|Operations|Quality|Research|Security|Usability|Web",
    ),
    (
        "job_type",
        "Administrator|Agent|Analyst|Architect|Assistant|Consultant|Coordinator|Designer|Developer|Director|Engineer|Executive|Facilitator|Manager|Officer|Planner|Strategist|Supervisor|Technician",
    ),
    ("name_prefix", "Dr.|Miss|Mr.|Mrs.|Ms."),
    ("name_suffix", "DDS|DVM|I|II|III|IV|Jr.|MD|PhD|Sr.|V"),
    (
        "word_text",
        "Accounts|Avenue|Berkshire|Cotton|Designer|Euro|Generic|Handmade|Integration|Networked|Operations|Practical|Rustic|Savings|Table|analyzing|bandwidth|bypass|cross-platform|firewall|interface|neural|online|payment|pixel|solution|teal|wireless",
    ),
    ("more_words", "| {word_text}| {word_text} {word_text}"),
    (
        "file_word",
        "account|bandwidth|calculating|cotton|dynamic|firewall|generic|interface|legacy|manager|neural|online|payment|pixel|principal|program|robust|solution|tools",
    ),
    (
        "extension",
        "aac|avi|bmp|bz2|css|csv|doc|epub|gif|gz|html|ico|jar|jpeg|js|json|md|mp3|odt|ogg|otf|pdf|png|pptx|rtf|svg|tar|ttf|txt|wav|webm|woff2|xlsx|xml|yaml|zip",
    ),
    (
        "common_extension",
        "gif|html|jpeg|jpg|m4a|mp2|mp3|mp4|mpeg|mpg4|mpga|pdf|png|shtml|wav",
    ),
    (
        "mime",
        "application/json|application/msword|application/octet-stream|application/pdf|application/xml|application/zip|audio/mpeg|audio/ogg|font/woff2|image/gif|image/jpeg|image/png|image/svg+xml|text/css|text/csv|text/html|text/plain|video/mp4",
    ),
    ("common_type", "application|audio|image|text|video"),
    (
        "file_type",
        "application|audio|font|image|message|model|multipart|text|video",
    ),
];
