package org.parsimony.notebook.kernel.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.model.Model;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.artifact.DefaultArtifactType;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.DefaultArtifactTypeRegistry;
import org.eclipse.aether.util.artifact.SubArtifact;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/** Finds the jars of Maven coordinates, or of a POM, with everything that they need at run time. */
final class MavenResolver {

    private static final RemoteRepository CENTRAL =
            new RemoteRepository.Builder("central", "default", "https://repo.maven.apache.org/maven2").build();

    private final RepositorySystem system = new RepositorySystemSupplier().get();
    private final DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    private final UserSettings settings;

    /** @throws IOException if the user's {@code settings.xml} cannot be read */
    MavenResolver() throws IOException {
        try {
            settings = UserSettings.read();
        } catch (SettingsBuildingException e) {
            throw new IOException("Maven's settings.xml cannot be used: " + e.getMessage(), e);
        }
        settings.apply(session);
        DefaultArtifactTypeRegistry types = (DefaultArtifactTypeRegistry) session.getArtifactTypeRegistry();
        for (String packaging : List.of("bundle", "eclipse-plugin", "maven-archetype", "orbit", "hk2-jar")) {
            types.add(new DefaultArtifactType(packaging, "jar", "", "java"));
        }
        session.setSystemProperties(System.getProperties());
        session.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(false, false));
        session.setLocalRepositoryManager(system.newLocalRepositoryManager(
                session, new LocalRepository(settings.localRepository().toFile())));
    }

    /**
     * Resolves coordinates together, so that they agree on versions.
     *
     * @param coordinates {@code group:artifact[:packaging[:classifier]]:version}
     * @param repositories id to URL, asked after those of the settings
     */
    List<Path> resolve(List<String> coordinates, Map<String, String> repositories) throws IOException {
        CollectRequest request = new CollectRequest();
        for (String text : coordinates) {
            request.addDependency(new Dependency(artifact(text), "compile"));
        }
        List<RemoteRepository> asked = new ArrayList<>(settings.repositories());
        asked.add(CENTRAL);
        repositories.forEach((id, url) -> asked.add(new RemoteRepository.Builder(id, "default", url)
                .setSnapshotPolicy(new RepositoryPolicy(
                        true, RepositoryPolicy.UPDATE_POLICY_ALWAYS, RepositoryPolicy.CHECKSUM_POLICY_WARN))
                .build()));
        request.setRepositories(system.newResolutionRepositories(session, asked));
        return resolve(request);
    }

    private Artifact artifact(String text) {
        try {
            DefaultArtifact artifact = new DefaultArtifact(text);
            var type = session.getArtifactTypeRegistry().get(artifact.getExtension());
            if (type == null) {
                return artifact;
            }
            String classifier = artifact.getClassifier().isEmpty() ? type.getClassifier() : artifact.getClassifier();
            return new DefaultArtifact(
                    artifact.getGroupId(),
                    artifact.getArtifactId(),
                    classifier,
                    type.getExtension(),
                    artifact.getVersion());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no coordinate; it must be group:artifact[:packaging[:classifier]]:version");
        }
    }

    /**
     * Resolves the dependencies of a POM, its parents, imports and repositories included.
     *
     * @param pom the text
     * @param folder where relative paths in it begin
     * @param scopes the scopes of direct dependencies to take
     */
    List<Path> resolvePom(String pom, Path folder, Set<String> scopes) throws IOException {
        Model model = PomText.read(pom);
        Path file = Files.createTempFile("notebook-", ".pom");
        try {
            Files.writeString(file, pom);
            String group = model.getGroupId() != null
                    ? model.getGroupId()
                    : model.getParent().getGroupId();
            String version = model.getVersion() != null
                    ? model.getVersion()
                    : model.getParent().getVersion();
            Artifact artifact = new DefaultArtifact(group, model.getArtifactId(), "pom", version);
            session.setWorkspaceReader(new SinglePom(artifact, file.toFile()));

            List<RemoteRepository> repositories = new ArrayList<>(settings.repositories());
            repositories.add(CENTRAL);
            ArtifactDescriptorResult descriptor = system.readArtifactDescriptor(
                    session,
                    new ArtifactDescriptorRequest(
                            artifact, system.newResolutionRepositories(session, repositories), null));
            CollectRequest request = new CollectRequest();
            for (Dependency dependency : descriptor.getDependencies()) {
                String scope = dependency.getScope().isEmpty() ? "compile" : dependency.getScope();
                if (scopes.contains(scope)) {
                    request.addDependency(dependency.setScope("compile"));
                }
            }
            request.setManagedDependencies(descriptor.getManagedDependencies());
            request.setRepositories(descriptor.getRepositories());
            Stream.of(descriptor.getRepositories(), system.newResolutionRepositories(session, repositories))
                    .flatMap(Collection::stream)
                    .filter(each -> request.getRepositories().stream()
                            .noneMatch(known -> known.getId().equals(each.getId())))
                    .toList()
                    .forEach(request::addRepository);
            if (request.getDependencies().isEmpty()) {
                throw new IllegalArgumentException("the POM names no dependency of scope " + scopes);
            }
            return resolve(request);
        } catch (org.eclipse.aether.resolution.ArtifactDescriptorException e) {
            throw new IOException("the POM cannot be used: " + e.getMessage(), e);
        } finally {
            session.setWorkspaceReader(null);
            Files.deleteIfExists(file);
        }
    }

    private List<Path> resolve(CollectRequest request) throws IOException {
        try {
            List<Artifact> artifacts =
                    system
                            .resolveDependencies(session, new DependencyRequest(request, null))
                            .getArtifactResults()
                            .stream()
                            .filter(ArtifactResult::isResolved)
                            .map(ArtifactResult::getArtifact)
                            .toList();
            fetchSources(artifacts, request);
            return artifacts.stream()
                    .map(artifact -> artifact.getFile().toPath())
                    .filter(path -> path.toString().endsWith(".jar"))
                    .toList();
        } catch (DependencyResolutionException e) {
            String repositories = request.getRepositories().stream()
                    .map(RemoteRepository::getId)
                    .collect(Collectors.joining(", "));
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new IOException(root.getMessage() + " (repositories asked: " + repositories + ")");
        }
    }

    /**
     * Lays the sources of what was asked for beside its jars, where a repository has them: from these comes the
     * documentation that help shows. What the asked for need themselves is left without.
     */
    private void fetchSources(List<Artifact> artifacts, CollectRequest request) {
        Set<String> asked = request.getDependencies().stream()
                .map(dependency -> name(dependency.getArtifact()))
                .collect(Collectors.toSet());
        List<ArtifactRequest> sources = artifacts.stream()
                .filter(artifact -> asked.contains(name(artifact))
                        && artifact.getClassifier().isEmpty())
                .map(artifact -> new ArtifactRequest(
                        new SubArtifact(artifact, "sources", "jar"), request.getRepositories(), null))
                .toList();
        try {
            system.resolveArtifacts(session, sources);
        } catch (ArtifactResolutionException e) {
            // not every jar has its sources published; those that have are there now
        }
    }

    private static String name(Artifact artifact) {
        return artifact.getGroupId() + ":" + artifact.getArtifactId();
    }

    /** Offers one POM to the resolver as if a repository had it. */
    private record SinglePom(Artifact artifact, File file) implements WorkspaceReader {
        @Override
        public WorkspaceRepository getRepository() {
            return new WorkspaceRepository("notebook");
        }

        @Override
        public File findArtifact(Artifact wanted) {
            return wanted.equals(artifact) ? file : null;
        }

        @Override
        public List<String> findVersions(Artifact wanted) {
            return List.of();
        }
    }
}
