package net.twinpath.daemon.ctl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The answer to {@code plan} as a diff for people. */
final class PlanText {
    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    /** Writes a plan. */
    static String of(JsonObject plan) {
        return new PlanText().write(plan);
    }

    private String write(JsonObject plan) {
        for (JsonElement step : plan.getAsJsonArray("steps")) {
            writeStep(step.getAsJsonObject());
        }
        lines("", plan, "paths", "");
        if (plan.getAsJsonArray("steps").isEmpty()
                && plan.getAsJsonArray("paths").isEmpty()) {
            text.append("Nothing would change.\n");
        }
        lines("error: ", plan, "objections", "");
        lines("warning: ", plan, "warnings", "");
        lines("warning: ", plan, "foreign_managers", "");
        lines("note: ", plan, "absent_interfaces", " is not on this machine now; it is taken in when it comes");
        lines("note: ", plan, "unknown_sysctls", " is no sysctl of this kernel; it is passed over");
        return text.toString();
    }

    private void writeStep(JsonObject step) {
        List<String> changes = new ArrayList<>();
        step.getAsJsonArray("changes").forEach(change -> changes.add(change.getAsString()));
        String interrupts = step.get("interrupts").getAsString();
        for (String change : changes) {
            text.append(change);
            if (!interrupts.isEmpty() && change.equals(changes.get(changes.size() - 1))) {
                text.append("  (interrupts ").append(interrupts).append(')');
            }
            text.append('\n');
        }
    }

    private void lines(String before, JsonObject plan, String key, String after) {
        for (JsonElement element : plan.getAsJsonArray(key)) {
            text.append(before).append(element.getAsString()).append(after).append('\n');
        }
    }
}
