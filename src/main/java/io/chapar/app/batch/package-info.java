/** Many messages in one upload: kept as they arrive, then sent the straight way one by one. */
@NullMarked
package io.chapar.app.batch;

import org.jspecify.annotations.NullMarked;
