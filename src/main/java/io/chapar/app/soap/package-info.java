/** The SOAP door: {@code /ws/{exchange}} for every exchange of the catalogue, on Apache CXF. */
@NullMarked
package io.chapar.app.soap;

import org.jspecify.annotations.NullMarked;
