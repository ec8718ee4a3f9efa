/** Where Camel and the stages meet: routes name stages, stages know nothing of routes. */
@NullMarked
package io.chapar.app.routing;

import org.jspecify.annotations.NullMarked;
