package net.twinpath.daemon.apply;

import net.twinpath.daemon.apply.LinkPart.Relation;

/**
 * One interface that two links rest on.
 *
 * @param first  the way from one link to it
 * @param second the way from the other link to it
 */
record SharedInterface(LinkPart first, LinkPart second) {
    /** How far it is from the links, both ways together. */
    int steps() {
        return first.distance() + second.distance();
    }

    int longerWay() {
        return Math.max(first.distance(), second.distance());
    }

    /** What is shared and what that means, for an operator. */
    String sentence() {
        if (first.distance() == 0) {
            return ofOneOnTheOther(second);
        }
        if (second.distance() == 0) {
            return ofOneOnTheOther(first);
        }
        return both() + ": " + consequence();
    }

    /** One link rests on the other one, which {@code part} stands for. */
    private String ofOneOnTheOther(LinkPart part) {
        LinkPart upper = part.root();
        Relation relation = part.distance() == 1 ? part.relation() : Relation.ITSELF;
        String upperIs = switch (relation) {
            case FAR_END -> part.name() + " and " + upper.name() + " are the two ends of one veth pair";
            case MEMBER -> part.name() + " is a " + memberWord(upper) + " of " + upper.name();
            case MASTER -> upper.name() + " is a " + memberWord(part) + " of " + part.name();
            case BELOW -> upper.name() + " is " + oneUpon(upper) + " " + part.name();
            case ITSELF -> wayOf(part) + " rests on " + part.name();
        };
        String meaning = relation == Relation.FAR_END ? "each hears nothing but the other" : consequence();
        return upperIs + ": " + meaning;
    }

    private String both() {
        String links = first.root().name() + " and " + second.root().name();
        boolean sameWay = steps() == 2 && first.relation() == second.relation();
        String kind = first.root().kind();
        if (sameWay && first.relation() == Relation.MASTER) {
            return links + " are " + memberWord(first) + "s of one " + first.kind() + ", " + first.name();
        }
        if (sameWay
                && first.relation() == Relation.BELOW
                && kind.equals(second.root().kind())
                && !plural(kind).isEmpty()) {
            return links + " are " + plural(kind) + " of one interface, " + first.name();
        }
        return wayOf(first) + " and " + wayOf(second) + " both rest on " + first.name();
    }

    /** The link's name, and by what it comes to the part. */
    private static String wayOf(LinkPart part) {
        StringBuilder between = new StringBuilder();
        for (LinkPart step = part.from(); step != null && step.distance() > 0; step = step.from()) {
            between.insert(0, (step.distance() == 1 ? "" : ", ") + step.name());
        }
        return part.root().name() + (between.length() == 0 ? "" : " (over " + between + ")");
    }

    private String consequence() {
        if (first.kind().equals("bridge") && joinsNetworks(first) && joinsNetworks(second)) {
            return "it makes one network of the two";
        }
        if (first.isMaster()) {
            return "what takes it down takes both";
        }
        if (isBehindSwitchPort(first) || isBehindSwitchPort(second)) {
            return "a failure of " + first.name() + " takes both";
        }
        return first.alternate() || second.alternate() ? "its failure hits both at once" : "one cable cut takes both";
    }

    private static boolean joinsNetworks(LinkPart bridge) {
        return bridge.relation() == Relation.MASTER;
    }

    private static boolean isBehindSwitchPort(LinkPart part) {
        LinkPart upper = part.from();
        return upper != null && (upper.isSwitchPort() || isBehindSwitchPort(upper));
    }

    private static String memberWord(LinkPart master) {
        return master.kind().equals("bridge") ? "port" : "member";
    }

    private static String oneUpon(LinkPart upper) {
        return switch (upper.kind()) {
            case "vlan" -> "a VLAN of";
            case "macvlan", "macvtap" -> "a " + upper.kind() + " of";
            case "ipvlan", "ipvtap" -> "an " + upper.kind() + " of";
            case "", "dsa" -> "a switch port behind";
            default -> "on top of";
        };
    }

    private static String plural(String kind) {
        return switch (kind) {
            case "vlan" -> "VLANs";
            case "macvlan", "macvtap", "ipvlan", "ipvtap" -> kind + "s";
            default -> "";
        };
    }
}
