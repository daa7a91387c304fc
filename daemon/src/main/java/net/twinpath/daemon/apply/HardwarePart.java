package net.twinpath.daemon.apply;

/**
 * A device that a link rests on.
 *
 * @param part   the interface it drives
 * @param device the device
 */
record HardwarePart(LinkPart part, HardwareDevice device) {
    /** The link, and by which interface it comes to the device when that is another one. */
    String words() {
        String link = part.root().name();
        return part.distance() == 0 ? link : link + " (over " + part.name() + ")";
    }
}
