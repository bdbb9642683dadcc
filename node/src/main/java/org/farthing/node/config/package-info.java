/** What a person can choose, parsed once into one immutable record. */
package org.farthing.node.config;
