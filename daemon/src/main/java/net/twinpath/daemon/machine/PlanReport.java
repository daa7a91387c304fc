package net.twinpath.daemon.machine;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import net.twinpath.daemon.control.Schema;
import net.twinpath.daemon.control.TextArray;

/** The answer to the request {@code plan}: what would become different on the machine. */
public final class PlanReport {
    private PlanReport() {}

    /**
     * Describes a plan; steps stand in their order, each with the lines of a diff.
     *
     * @param paths what would become different of the paths, each in the line of a diff
     */
    public static JsonObject of(MachinePlan plan, List<String> paths) {
        JsonObject report = new JsonObject();
        JsonArray steps = new JsonArray();
        plan.plan().steps().forEach(step -> steps.add(step(step)));
        report.add("steps", steps);
        report.add("paths", TextArray.of(paths));
        report.add("objections", TextArray.of(plan.plan().objections()));
        report.add("warnings", TextArray.of(plan.plan().warnings()));
        report.add("foreign_managers", TextArray.of(plan.foreignManagers()));
        report.add("absent_interfaces", TextArray.of(plan.absent()));
        report.add("unknown_sysctls", TextArray.of(plan.unknownSysctls()));
        return report;
    }

    /** What {@link #of} looks like. */
    public static Schema schema() {
        Schema step = Schema.object("a step")
                .with("changes", texts("lines of a diff"))
                .with("interrupts", Schema.text("the interfaces whose traffic it interrupts, or nothing"));
        return Schema.object("what would become different on the machine")
                .with("steps", Schema.list("in their order", step))
                .with("paths", texts("what would become different of a path, as a line of a diff"))
                .with("objections", texts("why it cannot be carried out"))
                .with("warnings", texts("what it costs"))
                .with("foreign_managers", texts("interfaces that other programs look after, too"))
                .with("absent_interfaces", texts("interfaces that are named and not there"))
                .with("unknown_sysctls", texts("keys this kernel does not have"));
    }

    private static Schema texts(String description) {
        return Schema.list(description, Schema.text("one of them"));
    }

    private static JsonObject step(Step step) {
        JsonObject object = new JsonObject();
        object.add("changes", TextArray.of(step.lines()));
        object.addProperty("interrupts", step.interrupts());
        return object;
    }
}
