"""What the check page can answer: a heading for every kind of file, and what that means."""

# The first seven say that the file is ours, byte for byte. No meaning here: the file itself gives it.
ANSWERS = {
    "genuine": ("Dit bestand is echt", "Het is precies het bestand dat de gemeente publiceerde."),
    "superseded": (
        "Dit bestand is echt, maar er is een nieuwere rapportage",
        "Het is precies het bestand dat de gemeente publiceerde. Daarna kwam er een verbetering.",
    ),
    "withdrawn": (
        "Dit bestand is van ons, maar het is ingetrokken",
        "Het is precies het bestand dat de gemeente publiceerde. Daarna trok de gemeente het in.",
    ),
    "open": ("Dit bestand is echt, de ondertekening loopt nog", ""),
    "earlier": ("Dit bestand is echt, maar er is een nieuwere versie", ""),
    "ended": ("Dit bestand is echt, maar de ondertekening is beëindigd zonder resultaat", ""),
    "outside": (
        "Dit bestand is echt: een partij tekende het buiten het portaal",
        "Het is precies het bestand dat de gemeente van die partij kreeg. Twee medewerkers keken het na.",
    ),
    "draft": (
        "Dit is een concept, geen gepubliceerde rapportage",
        "Het bestand komt van het portaal, maar het heeft geen zegel. Er kan nog van alles in veranderd zijn.",
    ),
    "unnoted": (
        "Dit is onze tekst, met een handtekening die niet in ons register staat",
        "De tekst is niet veranderd. Iemand zette er buiten het portaal een handtekening in. Die telt alleen als de gemeente haar vastlegde. Dat leest u op de pagina van de ondertekening als die voorbij is.",
    ),
    "added": (
        "Dit bestand is veranderd: er is iets aan toegevoegd",
        "Het begint met een bestand van de gemeente. Daarachter staat iets wat er niet in hoort. Dat kan ook een pagina bedekken.",
    ),
    "cut": (
        "Dit bestand is niet heel: er ontbreekt een stuk",
        "Het is het begin van een bestand van de gemeente. Download het opnieuw.",
    ),
    "altered": (
        "Dit bestand is veranderd na het verzegelen",
        "Er zit een zegel in dat niet meer past bij de inhoud. Vertrouw dit bestand niet.",
    ),
    "unsealed": (
        "Dit bestand heeft geen zegel",
        "Het noemt een document van ons, maar het zegel ontbreekt. Iemand heeft het bestand opnieuw gemaakt. Vertrouw het niet.",
    ),
    "foreign": (
        "Dit bestand is door een ander getekend",
        "Het noemt een document van ons, maar de handtekening is niet van de gemeente. Vertrouw dit bestand niet.",
    ),
    "expired": (
        "Het certificaat in dit bestand is verlopen",
        "Niemand kan nog nagaan of het zegel er op tijd is gezet. Zo staat dit document niet in ons register. Vertrouw dit bestand niet.",
    ),
    "early": (
        "Het certificaat in dit bestand is nog niet geldig",
        "Met zo’n certificaat zet de gemeente geen zegel. Vertrouw dit bestand niet.",
    ),
    "revoked": (
        "Het certificaat in dit bestand is ingetrokken",
        "De uitgever nam het certificaat terug, bijvoorbeeld omdat de sleutel is gestolen. Zo staat dit document niet in ons register. Vertrouw dit bestand niet.",
    ),
    "unregistered": (
        "Dit bestand heeft ons zegel, maar staat niet in ons register",
        "Het zegel klopt. Toch kennen wij precies dit bestand niet. Vraag bij de gemeente na wat het is.",
    ),
    "stranger": (
        "Dit is geen document van dit portaal",
        "Wij herkennen dit bestand niet. Het noemt geen document van ons en het heeft geen zegel van de gemeente.",
    ),
    "unreadable": ("Wij kunnen dit bestand niet controleren", ""),
}
OURS = ("genuine", "superseded", "withdrawn", "open", "earlier", "ended", "outside")
