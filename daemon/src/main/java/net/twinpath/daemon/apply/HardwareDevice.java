package net.twinpath.daemon.apply;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What drives a physical interface (kernel Documentation/ABI/testing/sysfs-class-net, sysfs-bus-pci).
 *
 * @param folder           its place in sysfs, without symbolic links; two interfaces may have the same
 * @param pciFunction      address DOMAIN:BUS:SLOT.FUNCTION of the PCI function it is or is part of; empty on other buses
 * @param physicalFunction the PCI function whose virtual function (SR-IOV) this is; empty when it is none
 * @param portId           what tells the ports of all cards apart, in hexadecimal; empty when the driver does not say
 */
record HardwareDevice(
        Path folder,
        Optional<String> pciFunction,
        Optional<PhysicalFunction> physicalFunction,
        Optional<String> portId) {
    /**
     * A PCI function that has virtual ones.
     *
     * @param address       DOMAIN:BUS:SLOT.FUNCTION
     * @param interfaceName the interface it drives in this namespace; empty when it drives none
     */
    record PhysicalFunction(String address, Optional<String> interfaceName) {
        @Override
        public String toString() {
            return interfaceName.map(name -> name + " (" + address + ")").orElse(address);
        }
    }

    /** The function that has the cable: of a virtual function the physical one. */
    Optional<String> cableFunction() {
        return physicalFunction.map(PhysicalFunction::address).or(() -> pciFunction);
    }

    /** DOMAIN:BUS:SLOT of the card; empty on other buses than PCI. */
    Optional<String> slot() {
        return cableFunction().map(address -> address.substring(0, address.lastIndexOf('.')));
    }

    /** For an operator. */
    String words() {
        return pciFunction.map(address -> "PCI function " + address).orElseGet(() -> "device " + folder.getFileName());
    }
}
