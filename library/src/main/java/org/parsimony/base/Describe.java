package org.parsimony.base;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a component of an options record means, in its unit and with its range, for those who read it at run time: a
 * notebook's help, completion and error messages. The default is not told here; the record's constructor without
 * parameters has it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Describe {

    /** A few words without a full stop, for example {@code "epochs of every fine-tuning, at least 1"}. */
    String value();
}
