/**
 * The demonstration: the same faults, once over twinpath's two links and once over a single plain link, with the same
 * traffic, shown as a table and as a picture.
 */
@NullMarked
package net.twinpath.tests.demo;

import org.jspecify.annotations.NullMarked;
