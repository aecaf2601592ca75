package dev.headlight.app.view;

import dev.headlight.app.engine.ModelHost;
import dev.headlight.app.job.JobRunner;
import dev.headlight.app.job.LatestOnly;

/**
 * What the panes of a window share.
 *
 * @param host answers on the thread of {@code models}
 * @param models runs questions to the model
 * @param painter paints pictures
 * @param actions what menus and buttons do
 */
record Services(ModelHost host, JobRunner models, LatestOnly painter, Actions actions) {}
