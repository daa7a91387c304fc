package net.twinpath.daemon.apply;

import java.util.Optional;
import net.twinpath.daemon.apply.HardwareDevice.PhysicalFunction;

/**
 * Hardware that two links rest on by interfaces of their own.
 *
 * @param what   is the same
 * @param first  one link's
 * @param second the other link's
 */
record SharedHardware(What what, HardwarePart first, HardwarePart second) {
    /** What two devices have in common, the most first. */
    enum What {
        PHYSICAL_FUNCTION,
        PORT,
        DEVICE,
        CARD
    }

    /** Empty when they have nothing in common that sysfs tells. */
    static Optional<SharedHardware> between(HardwarePart first, HardwarePart second) {
        return what(first.device(), second.device()).map(what -> new SharedHardware(what, first, second));
    }

    private static Optional<What> what(HardwareDevice first, HardwareDevice second) {
        boolean virtual = first.physicalFunction().isPresent()
                || second.physicalFunction().isPresent();
        if (virtual && isSame(first.cableFunction(), second.cableFunction())) {
            return Optional.of(What.PHYSICAL_FUNCTION);
        }
        if (isSame(first.portId(), second.portId())) {
            return Optional.of(What.PORT);
        }
        if (first.folder().equals(second.folder()) || isSame(first.pciFunction(), second.pciFunction())) {
            return Optional.of(What.DEVICE);
        }
        return isSame(first.slot(), second.slot()) ? Optional.of(What.CARD) : Optional.empty();
    }

    private static boolean isSame(Optional<String> first, Optional<String> second) {
        return first.isPresent() && first.equals(second);
    }

    /** What is shared and what that means, for an operator. */
    String sentence() {
        String both = first.words() + " and " + second.words();
        return switch (what) {
            case PHYSICAL_FUNCTION -> ofPhysicalFunction(both);
            case PORT -> both + " use one port of one card: one cable cut takes both";
            case DEVICE -> both + " belong to one device, " + first.device().words() + ": its failure takes both";
            case CARD ->
                both + " are two ports of one card, PCI slot "
                        + first.device().slot().orElseThrow()
                        + ": a cut cable takes one of them, a failure of the card both";
        };
    }

    private String ofPhysicalFunction(String both) {
        Optional<PhysicalFunction> firstOf = first.device().physicalFunction();
        Optional<PhysicalFunction> secondOf = second.device().physicalFunction();
        String words;
        if (firstOf.isPresent() && secondOf.isPresent()) {
            words = both + " are virtual functions of one physical function, " + firstOf.get();
        } else {
            words = firstOf.isPresent() ? ofOne(first, second) : ofOne(second, first);
        }
        return words + ": one cable cut takes both";
    }

    private static String ofOne(HardwarePart virtual, HardwarePart physical) {
        return virtual.words() + " is a virtual function of " + physical.words();
    }
}
