/** What the doors of port 8443 have in common: who is calling, how bytes come in, how a problem is told. */
@NullMarked
package io.chapar.app.door;

import org.jspecify.annotations.NullMarked;
