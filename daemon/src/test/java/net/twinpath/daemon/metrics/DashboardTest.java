package net.twinpath.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.twinpath.daemon.path.LinkCondition;
import net.twinpath.daemon.path.PathCondition;
import org.junit.jupiter.api.Test;

/** The Grafana dashboard asks for metrics that there are, by labels they have. */
class DashboardTest {
    private static final Path FILE = Path.of("src/main/grafana/twinpath.json");

    /** What Prometheus adds to every sample that it gets. */
    private static final String INSTANCE = "instance";

    private static final Pattern SELECTOR = Pattern.compile("(twinpath_\\w+)(?:\\{([^}]*)\\})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=|!=|!~)\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring) *\\(([^)]*)\\)");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Map<String, List<String>> LABELS = Metric.all().stream()
            .flatMap(metric -> metric.sampleNames().stream().map(name -> Map.entry(name, metric.labels())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private final JsonObject dashboard =
            JsonParser.parseString(Files.readString(FILE)).getAsJsonObject();

    DashboardTest() throws IOException {}

    private List<JsonObject> targets() {
        List<JsonObject> targets = new ArrayList<>();
        for (JsonElement panel : dashboard.getAsJsonArray("panels")) {
            JsonArray some = panel.getAsJsonObject().getAsJsonArray("targets");
            if (some != null) {
                some.forEach(target -> targets.add(target.getAsJsonObject()));
            }
        }
        return targets;
    }

    private List<String> queries() {
        List<String> queries = new ArrayList<>();
        targets().forEach(target -> queries.add(target.get("expr").getAsString()));
        for (JsonElement variable : dashboard.getAsJsonObject("templating").getAsJsonArray("list")) {
            if (variable.getAsJsonObject().has("definition")) {
                queries.add(variable.getAsJsonObject().get("definition").getAsString());
            }
        }
        return queries;
    }

    /** Without what stands in quotes or is a selector's label. */
    private static List<MatchResult> selectors(String query) {
        String bare = GROUPING.matcher(query).replaceAll("");
        return SELECTOR.matcher(bare).results().toList();
    }

    @Test
    void everyQueryNamesMetricsThatThereAre() {
        assertThat(queries())
                .hasSizeGreaterThan(20)
                .allSatisfy(query -> assertThat(selectors(query))
                        .isNotEmpty()
                        .allMatch(selector -> LABELS.containsKey(selector.group(1)), "is a metric"));
    }

    @Test
    void everyLabelIsOneTheMetricHas() {
        assertThat(queries())
                .allSatisfy(query -> selectors(query).forEach(selector -> {
                    List<String> known = labels(selector.group(1));
                    String inBraces = selector.group(2) == null ? "" : selector.group(2);
                    List<String> asked = MATCHER.matcher(inBraces)
                            .results()
                            .map(matcher -> matcher.group(1))
                            .toList();
                    assertThat(known).containsAll(asked);
                    assertThat(MATCHER.matcher(inBraces).replaceAll("").replace(",", ""))
                            .as("all of it is read")
                            .isEmpty();
                }));
    }

    private static List<String> labels(String metric) {
        return Stream.concat(LABELS.getOrDefault(metric, List.of()).stream(), Stream.of(INSTANCE))
                .toList();
    }

    @Test
    void whatIsGroupedByAndWhatTheLegendNamesAreLabelsOfTheMetrics() {
        assertThat(targets()).allSatisfy(target -> {
            String query = target.get("expr").getAsString();
            Set<String> known = new HashSet<>();
            selectors(query).forEach(selector -> known.addAll(labels(selector.group(1))));
            assertThat(known)
                    .containsAll(GROUPING.matcher(query)
                            .results()
                            .flatMap(grouping -> Stream.of(grouping.group(1).split(", *")))
                            .toList());
            assertThat(known)
                    .containsAll(LEGEND.matcher(target.get("legendFormat").getAsString())
                            .results()
                            .map(label -> label.group(1))
                            .toList());
        });
    }

    @Test
    void statesThatAreAskedForAreThere() {
        Set<String> states = Stream.<Enum<?>[]>of(PathCondition.values(), LinkCondition.values())
                .flatMap(Stream::of)
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        assertThat(queries())
                .allSatisfy(query -> MATCHER.matcher(query)
                        .results()
                        .filter(matcher -> matcher.group(1).endsWith("_condition"))
                        .forEach(matcher -> assertThat(states).contains(matcher.group(3))));
    }
}
