package net.twinpath.daemon.machine;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;

/** The answer to the request {@code plan}: what would become different on the machine. */
public final class PlanReport {
    private PlanReport() {}

    /** Describes a plan; steps stand in their order, each with the lines of a diff. */
    public static JsonObject of(MachinePlan plan) {
        JsonObject report = new JsonObject();
        JsonArray steps = new JsonArray();
        plan.plan().steps().forEach(step -> steps.add(step(step)));
        report.add("steps", steps);
        report.add("objections", strings(plan.plan().objections()));
        report.add("warnings", strings(plan.plan().warnings()));
        report.add("foreign_managers", strings(plan.foreignManagers()));
        report.add("absent_interfaces", strings(plan.absent()));
        report.add("unknown_sysctls", strings(plan.unknownSysctls()));
        return report;
    }

    private static JsonObject step(Step step) {
        JsonObject object = new JsonObject();
        object.add("changes", strings(step.lines()));
        object.addProperty("interrupts", step.interrupts());
        return object;
    }

    private static JsonArray strings(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
