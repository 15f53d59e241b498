package org.parsimony.base;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of an options record means, in its unit and with its range: the one description of an option, which
 * Javadoc shows, and which help, completion, error messages and controls read at run time. The default is not told here;
 * the record's constructor without parameters has it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Describe {

    /** A few words without a full stop, for example {@code "epochs of every fine-tuning, at least 1"}. */
    String value();

    /** The least number that is accepted, itself included; a control in a notebook begins there. */
    double least() default Double.NEGATIVE_INFINITY;

    /** The greatest number that is accepted, itself included; a control in a notebook ends there. */
    double most() default Double.POSITIVE_INFINITY;

    /**
     * Whether the option came when runs were stored already. At its default it is then left out of recipes, so that those runs
     * keep their ids and are reproduced.
     */
    boolean later() default false;
}
