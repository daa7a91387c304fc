package net.twinpath.daemon.metrics;

/** The metrics that are no counters of the data path: the only source of their names, units and texts. */
public enum Gauge {
    BUILD(Subject.DAEMON, MetricType.INFO, BaseUnit.NONE, "build", "the daemon's version"),
    START_TIME(
            Subject.DAEMON,
            MetricType.GAUGE,
            BaseUnit.SECONDS,
            "start_time_seconds",
            "when the daemon started, since 1970-01-01T00:00Z"),
    UPTIME(
            Subject.DAEMON,
            MetricType.GAUGE,
            BaseUnit.SECONDS,
            "uptime_seconds",
            "for how long the daemon has been running"),

    MACHINE_REPAIRS(
            Subject.MACHINE,
            MetricType.COUNTER,
            BaseUnit.NONE,
            "machine_repairs",
            "times a setting of the machine that somebody had changed was set again"),
    MACHINE_PROBLEMS(
            Subject.MACHINE,
            MetricType.GAUGE,
            BaseUnit.NONE,
            "machine_problems",
            "settings of the machine that cannot be repaired"),
    MACHINE_LEFT_ALONE(
            Subject.MACHINE,
            MetricType.GAUGE,
            BaseUnit.NONE,
            "machine_left_alone",
            "settings of the machine that somebody changes again and again: left alone"),

    PATH_CONDITION(
            Subject.PATH,
            MetricType.STATES,
            BaseUnit.NONE,
            "path_condition",
            "1 for how the path fares: protected, degraded or down"),
    PATH_CONDITION_START_TIME(
            Subject.PATH,
            MetricType.GAUGE,
            BaseUnit.SECONDS,
            "path_condition_start_time_seconds",
            "since when the path fares so, since 1970-01-01T00:00Z"),
    PATH_MTU(Subject.PATH, MetricType.GAUGE, BaseUnit.BYTES, "path_mtu_bytes", "largest packet the path takes"),
    PATH_RESTARTS(
            Subject.PATH,
            MetricType.COUNTER,
            BaseUnit.NONE,
            "path_restarts",
            "times the data path failed and was started again, with its counters at 0"),
    PATH_OUT_RING_FULL(
            Subject.PATH,
            MetricType.COUNTER,
            BaseUnit.NONE,
            "path_out_ring_full",
            "frames from inside lost because the inside port's ring was full"),
    PATH_RESIDUAL_LOSS(
            Subject.PATH,
            MetricType.COUNTER,
            BaseUnit.NONE,
            "path_residual_loss",
            "numbers that no link brought: of FRER streams frames lost, of other senders the most that can have been lost"),
    PATH_NODES(Subject.PATH, MetricType.GAUGE, BaseUnit.NONE, "path_nodes", "senders heard on the links"),
    PATH_INSIDE_DEVICES(
            Subject.PATH,
            MetricType.GAUGE,
            BaseUnit.NONE,
            "path_inside_devices",
            "devices heard on the inside port lately"),
    PATH_DRILLED(
            Subject.PATH,
            MetricType.GAUGE,
            BaseUnit.NONE,
            "path_drilled",
            "1 while a drill takes one of its links out of use, else 0"),

    LINK_CONDITION(Subject.LINK, MetricType.STATES, BaseUnit.NONE, "link_condition", "1 for how the link fares"),
    LINK_MTU(
            Subject.LINK,
            MetricType.GAUGE,
            BaseUnit.BYTES,
            "link_mtu_bytes",
            "the interface's MTU; absent while it is gone"),
    LINK_CARRIER_CHANGES(
            Subject.LINK,
            MetricType.COUNTER,
            BaseUnit.NONE,
            "link_carrier_changes",
            "times the carrier came or went since the interface was made; absent while it is gone"),
    LINK_LAST_FRAME(
            Subject.LINK,
            MetricType.GAUGE,
            BaseUnit.SECONDS,
            "link_last_frame_age_seconds",
            "how long ago a frame of any kind came over the link; absent before the first"),
    LINK_RX_RING_FULL(
            Subject.LINK,
            MetricType.COUNTER,
            BaseUnit.NONE,
            "link_rx_ring_full",
            "received frames lost because the link's ring was full"),
    LINK_RECENT_LOSS(
            Subject.LINK,
            MetricType.GAUGE,
            BaseUnit.RATIO,
            "link_recent_loss_ratio",
            "share of the last seconds' sequenced frames that the link did not bring; absent with few frames"),
    LINK_LEAD(
            Subject.LINK,
            MetricType.HISTOGRAM,
            BaseUnit.SECONDS,
            "link_lead_seconds",
            "by how much first copies on the link came before the next link's copy"),

    STREAM_LATENT_ERROR(
            Subject.STREAM,
            MetricType.GAUGE,
            BaseUnit.NONE,
            "stream_latent_error",
            "1 while not every link brings every frame of the stream, else 0");

    private final Subject subject;
    private final MetricType type;
    private final BaseUnit unit;
    private final String metricName;
    private final String help;

    Gauge(Subject subject, MetricType type, BaseUnit unit, String metricName, String help) {
        this.subject = subject;
        this.type = type;
        this.unit = unit;
        this.metricName = metricName;
        this.help = help;
    }

    public Metric metric() {
        return new Metric(subject, type, unit, metricName, help);
    }
}
