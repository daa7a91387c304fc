package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.ControlConnection;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.fixture.TwoHosts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code system.describe} says of every method is so. */
class DescriptionIT {
    /** Params with which each method gives its result. */
    private static final Map<String, String> PARAMS = Map.ofEntries(
            Map.entry("drill", "{\"link\": \"lan0\", \"duration_ms\": 1000}"),
            Map.entry("events", "{\"after\": 1}"),
            Map.entry("metrics", "{\"format\": \"openmetrics\"}"),
            Map.entry("nodes", "{\"path\": \"dup0\"}"),
            Map.entry("plan", "{}"),
            Map.entry("reload", "{}"),
            Map.entry("reset-counters", "{\"path\": \"dup0\"}"),
            Map.entry("status", "{}"),
            Map.entry("streams", "{\"path\": \"dup0\"}"),
            Map.entry("subscribe", "{\"topic\": \"events\"}"),
            Map.entry("system.describe", "{}"),
            Map.entry("unsubscribe", "{\"subscription\": \"s1\"}"),
            Map.entry("version", "{}"));

    @ParameterizedTest
    @ValueSource(strings = {TwoHosts.PRP, TwoHosts.FRER_STREAMS})
    void everyMethodAnswersAsDescribed(String keys) {
        try (TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, keys)) {
            Twinpathd daemon = hosts.daemonA();
            Map<String, JsonObject> methods = new TreeMap<>();
            try (ControlConnection control = daemon.control()) {
                for (JsonElement method : control.call("system.describe", "{}").getAsJsonArray("methods")) {
                    methods.put(method.getAsJsonObject().get("name").getAsString(), method.getAsJsonObject());
                }
                assertThat(methods.keySet()).isEqualTo(new TreeMap<>(PARAMS).keySet());
                control.call("subscribe", "{\"topic\": \"status\"}");
                methods.forEach((name, method) -> check(method, PARAMS.getOrDefault(name, "{}"), control));
            }
        }
    }

    private static void check(JsonObject method, String params, ControlConnection control) {
        String name = method.get("name").getAsString();
        JsonObject result = control.call(name, params);
        assertThat(JsonSchema.objections(method.getAsJsonObject("result"), result))
                .as(name)
                .isEmpty();
        result.addProperty("nobody told of this", 1);
        assertThat(JsonSchema.objections(method.getAsJsonObject("result"), result))
                .as("the comparison finds something in " + name)
                .isNotEmpty();
    }
}
