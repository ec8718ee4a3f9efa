/** One class that Hawtio looks for by this name, and of which the artifact that would bring it cannot be had. */
@NullMarked
package io.hawt.springboot.security;

import org.jspecify.annotations.NullMarked;
