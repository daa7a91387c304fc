/** Which part of the source may know which, and what types are called. */
@NullMarked
package net.twinpath.tests.architecture;

import org.jspecify.annotations.NullMarked;
