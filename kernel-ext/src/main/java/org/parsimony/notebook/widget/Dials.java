package org.parsimony.notebook.widget;

import java.util.List;

/**
 * Controls that together say one thing.
 *
 * @param <S> what they say, a value
 */
interface Dials<S> {

    /** In the order in which they are drawn. */
    List<Control<?>> controls();

    /**
     * What they say now.
     *
     * @throws IllegalArgumentException if they cannot stand so together; the message names the option
     */
    S setting();
}
