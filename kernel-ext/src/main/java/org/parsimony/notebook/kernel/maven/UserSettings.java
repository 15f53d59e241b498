package org.parsimony.notebook.kernel.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/**
 * The user's {@code ~/.m2/settings.xml} (another by {@code -Dmaven.settings}), and the global one of {@code MAVEN_HOME}:
 * mirrors, proxies, servers, the local repository and the repositories of active profiles.
 */
final class UserSettings {

    private final Settings settings;

    private UserSettings(Settings settings) {
        this.settings = settings;
    }

    static UserSettings read() throws SettingsBuildingException {
        Path home = Path.of(System.getProperty("user.home"), ".m2");
        DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
        request.setUserSettingsFile(Path.of(System.getProperty(
                        "maven.settings", home.resolve("settings.xml").toString()))
                .toFile());
        String maven = System.getenv("MAVEN_HOME");
        if (maven != null) {
            request.setGlobalSettingsFile(Path.of(maven, "conf", "settings.xml").toFile());
        }
        Properties properties = new Properties();
        properties.putAll(System.getProperties());
        System.getenv().forEach((name, value) -> properties.setProperty("env." + name, value));
        request.setSystemProperties(properties);
        return new UserSettings(
                new DefaultSettingsBuilderFactory().newInstance().build(request).getEffectiveSettings());
    }

    /** Sets mirrors, proxies and credentials. */
    void apply(DefaultRepositorySystemSession session) {
        DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            mirrors.add(
                    mirror.getId(),
                    mirror.getUrl(),
                    mirror.getLayout(),
                    false,
                    mirror.isBlocked(),
                    mirror.getMirrorOf(),
                    mirror.getMirrorOfLayouts());
        }
        DefaultProxySelector proxies = new DefaultProxySelector();
        for (Proxy proxy : settings.getProxies()) {
            if (proxy.isActive()) {
                proxies.add(
                        new org.eclipse.aether.repository.Proxy(
                                proxy.getProtocol(),
                                proxy.getHost(),
                                proxy.getPort(),
                                login(proxy.getUsername(), proxy.getPassword())),
                        proxy.getNonProxyHosts());
            }
        }
        DefaultAuthenticationSelector servers = new DefaultAuthenticationSelector();
        for (Server server : settings.getServers()) {
            servers.add(server.getId(), login(server.getUsername(), server.getPassword()));
        }
        session.setMirrorSelector(mirrors);
        session.setProxySelector(proxies);
        session.setAuthenticationSelector(servers);
        session.setOffline(settings.isOffline());
    }

    private static Authentication login(String user, String password) {
        return user == null
                ? null
                : new AuthenticationBuilder()
                        .addUsername(user)
                        .addPassword(password)
                        .build();
    }

    /** Where Maven keeps what it has fetched. */
    Path localRepository() {
        String property = System.getProperty("maven.repo.local", settings.getLocalRepository());
        return property == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(property);
    }

    /** The repositories of the profiles that are active. */
    List<RemoteRepository> repositories() {
        List<RemoteRepository> repositories = new ArrayList<>();
        for (Profile profile : settings.getProfiles()) {
            boolean active = settings.getActiveProfiles().contains(profile.getId())
                    || profile.getActivation() != null
                            && profile.getActivation().isActiveByDefault();
            if (active) {
                profile.getRepositories()
                        .forEach(repository -> repositories.add(
                                new RemoteRepository.Builder(repository.getId(), "default", repository.getUrl())
                                        .build()));
            }
        }
        return repositories;
    }
}
