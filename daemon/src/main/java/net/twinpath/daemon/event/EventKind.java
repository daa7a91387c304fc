package net.twinpath.daemon.event;

/** What can happen: the only source of the kinds' names and of the sentences that explain them. */
public enum EventKind {
    LINK_UP("link-up", Severity.INFO, "path", "a link carries"),
    LINK_IMPAIRED("link-impaired", Severity.WARNING, "path", "frames pass a link, but not as they should"),
    LINK_IMPAIRMENT_OVER(
            "link-impairment-over",
            Severity.INFO,
            "path",
            "a link is not late, or brings no frames of the other LAN, any more"),
    LINK_DOWN("link-down", Severity.WARNING, "path", "no frame passes a link, or it is out of use for a drill"),
    PATH_PROTECTED("path-protected", Severity.INFO, "path", "any one link of a path may fail without losing a frame"),
    PATH_DEGRADED("path-degraded", Severity.WARNING, "path", "the next failure of a path's link may lose frames"),
    PATH_DOWN("path-down", Severity.WARNING, "path", "no frame passes a path"),
    PATH_FAILED("path-failed", Severity.ERROR, "path", "a path's data path failed and is started again"),
    PEER_HEARD(
            "peer-heard", Severity.INFO, "path", "a node that announces itself is heard, for the first time or again"),
    PEER_GONE("peer-gone", Severity.WARNING, "path", "a node that announced itself is not heard on any link any more"),
    LATENT_ERROR("latent-error", Severity.WARNING, "path", "not every link brings every frame of a stream"),
    LATENT_ERROR_OVER("latent-error-over", Severity.INFO, "path", "every link brings every frame of a stream again"),
    CONFIG_APPLIED("config-applied", Severity.INFO, "twinpathd", "the configuration was taken"),
    CONFIG_REFUSED("config-refused", Severity.ERROR, "twinpathd", "a new configuration was refused; the old one stays"),
    DRIFT_REPAIRED("drift-repaired", Severity.WARNING, "machine", "a setting somebody had changed was set again"),
    DRIFT_LEFT_ALONE(
            "drift-left-alone",
            Severity.ERROR,
            "machine",
            "a setting is changed again and again and is left alone now"),
    DRILL_BEGUN("drill-begun", Severity.INFO, "drill", "a link was taken out of use on purpose"),
    DRILL_ENDED("drill-ended", Severity.INFO, "drill", "that link was put back, and this is what the path lost"),
    CONTROL_CHANGE("control-change", Severity.INFO, "control", "somebody asked for a change at the control socket");

    private final String text;
    private final Severity severity;
    private final String logger;
    private final String sentence;

    EventKind(String text, Severity severity, String logger, String sentence) {
        this.text = text;
        this.severity = severity;
        this.logger = logger;
        this.sentence = sentence;
    }

    /** As answers name it, for example {@code link-down}. */
    public String text() {
        return text;
    }

    /** What an event of this kind has when nothing else is said. */
    public Severity severity() {
        return severity;
    }

    /** Name of the logger that writes it. */
    String logger() {
        return logger;
    }

    /** What has happened. */
    public String sentence() {
        return sentence;
    }
}
