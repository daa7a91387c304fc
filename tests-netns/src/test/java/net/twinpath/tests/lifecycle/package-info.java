/**
 * The daemon's life as an operator sees it: it starts or says why not, is asked, and leaves the machine as it found it.
 */
@NullMarked
package net.twinpath.tests.lifecycle;

import org.jspecify.annotations.NullMarked;
